import Glibc

/// The sums of −log p over rows of logits: of the right words, and of all words.
package struct LogLosses: Hashable, Sendable {
  /// `Σ_n −log p[n, target_n]`.
  package var ofTargets = 0.0
  /// `Σ_n Σ_v −log p[n, v]`.
  package var ofAll = 0.0

  package init() {}
}

/// Adds `Σ_n −log p` for `p[n, v] = softmax(logits[n, v] + bias[v])` to `losses`.
///
/// With `gradient`, `logits` become the gradient of `right · Σ_n −log p[n, target_n] + each ·
/// Σ_n Σ_v −log p[n, v]`, where `right + each · v = 1`; else they are overwritten.
///
/// - Parameter gradient: the two factors, and where the gradient of the bias is added.
package func addSmoothedCrossEntropy(
  _ logits: Tensor, bias: Tensor, targets: Span<Int32>, to losses: inout LogLosses,
  gradient: (right: Float, each: Float, bias: Tensor)?
) {
  let width = logits.columns
  precondition(
    targets.count == logits.rows && bias.count == width,
    "\(targets.count) targets, \(bias.count) biases for [\(logits.rows), \(width)]")
  for row in 0..<logits.rows {
    let start = row &* width
    let target = Int(targets[row])
    precondition(0 <= target && target < width, "word \(target) of \(width)")
    let (largest, sum) = logits.addBias(bias, from: start)
    let right = Double(logits[start + target])
    let total = logits.exponentiate(from: start, count: width, largest: largest)
    let logTotal = Double(largest) + log(Double(total))
    losses.ofTargets += logTotal - right
    losses.ofAll += Double(width) * logTotal - Double(sum)
    if let gradient {
      let scale = 1 / total
      logits[start + target] -= gradient.right / scale
      for j in stride(from: 0, to: width, by: Lanes.scalarCount) {
        let count = width &- j
        let d = logits.lanes(at: start &+ j, count: count) * scale - gradient.each
        logits.store(d, at: start &+ j, count: count)
        let sum = gradient.bias.lanes(at: j, count: count) + d
        gradient.bias.store(sum, at: j, count: count)
      }
    }
  }
}

extension Tensor {
  /// `x[j] ← x[j] + b[j]` in one row; its largest value and its sum.
  fileprivate func addBias(_ bias: Tensor, from start: Int) -> (largest: Float, sum: Float) {
    var largest = Lanes(repeating: -.infinity)
    var sum = Lanes.zero
    for j in stride(from: 0, to: bias.count, by: Lanes.scalarCount) {
      let count = bias.count &- j
      prefetch(at: start &+ j &+ Self.prefetchDistance)
      let x = lanes(at: start &+ j, count: count) + bias.lanes(at: j, count: count)
      store(x, at: start &+ j, count: count)
      sum += x
      var real = x
      if count < Lanes.scalarCount {
        for i in count..<Lanes.scalarCount { real[i] = -.infinity }
      }
      largest.replace(with: real, where: real .> largest)
    }
    return (largest.max(), sum.sum())
  }

  /// `x[j] ← exp(x[j] − largest)` in one row; its sum.
  fileprivate func exponentiate(from start: Int, count: Int, largest: Float) -> Float {
    var total = Lanes.zero
    for j in stride(from: 0, to: count, by: Lanes.scalarCount) {
      let rest = count &- j
      var e = exponential(lanes(at: start &+ j, count: rest) - largest)
      if rest < Lanes.scalarCount {
        for i in rest..<Lanes.scalarCount { e[i] = 0 }
      }
      store(e, at: start &+ j, count: rest)
      total += e
    }
    return total.sum()
  }
}
