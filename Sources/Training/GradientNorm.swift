import Tensors

/// One sum for each chunk of a flat buffer, added up in the order of the chunks.
@safe
final class ChunkSums: @unchecked Sendable {
  private let sums: UnsafeMutableBufferPointer<Double>

  init(count: Int) {
    unsafe sums = .allocate(capacity: count)
    unsafe sums.initialize(repeating: 0)
  }

  deinit { unsafe sums.deallocate() }

  /// Different chunks may be set at the same time.
  subscript(chunk: Int) -> Double {
    get { unsafe sums[chunk] }
    set { unsafe sums[chunk] = newValue }
  }

  var total: Double { unsafe sums.reduce(0, +) }
}

/// `values ← scale · values`, and the sum of their squares.
///
/// The sum is kept in sixteen lanes of doubles, so it does not depend on the processor.
func scaleAndSquare(_ tensor: Tensor, by scale: Float) -> Double {
  var values = tensor.values
  var lanes = SIMD16<Double>()
  let whole = values.count / 16 * 16
  for start in stride(from: 0, to: whole, by: 16) {
    var vector = SIMD16<Float>()
    for lane in 0..<16 { vector[lane] = values[start + lane] }
    vector *= scale
    for lane in 0..<16 { values[start + lane] = vector[lane] }
    let wide = SIMD16<Double>(vector)
    lanes += wide * wide
  }
  for i in whole..<values.count {
    values[i] *= scale
    lanes[i - whole] += Double(values[i]) * Double(values[i])
  }
  return lanes.sum()
}

/// What a gradient of this norm is multiplied by so that it is not longer than `limit`.
///
/// fairseq's and PyTorch's rule: limit / (norm + 10⁻⁶), when that is below 1.
package func clipCoefficient(norm: Double, limit: Double) -> Float {
  Float(min(1, limit / (norm + 1e-6)))
}
