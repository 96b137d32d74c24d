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

/// What a gradient of this norm is multiplied by so that it is not longer than `limit`.
///
/// fairseq's and PyTorch's rule: limit / (norm + 10⁻⁶), when that is below 1.
package func clipCoefficient(norm: Double, limit: Double) -> Float {
  Float(min(1, limit / (norm + 1e-6)))
}
