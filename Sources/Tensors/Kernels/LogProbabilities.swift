import Glibc

extension Tensor {
  /// `x[j] ← (x[j] + b[j]) · factor` in a row; gives `log Σ_j exp(x[j])` of what it becomes.
  package func logSumOfExponentials(
    inRow row: Int, adding bias: Tensor, times factor: Float = 1
  ) -> Float {
    precondition(
      0 <= row && row < rows && bias.count == columns,
      "row \(row) of [\(rows), \(columns)] and \(bias.count) biases")
    let start = row &* columns
    let whole = columns / Lanes.scalarCount &* Lanes.scalarCount
    let tail = columns &- whole
    var top = Lanes(repeating: -.infinity)
    for j in stride(from: 0, to: whole, by: Lanes.scalarCount) {
      let x = (lanes(at: start &+ j) + bias.lanes(at: j)) * factor
      store(x, at: start &+ j)
      top.replace(with: x, where: x .> top)
    }
    var largest = top.max()
    if tail > 0 {
      let x = (lanes(at: start &+ whole, count: tail) + bias.lanes(at: whole, count: tail)) * factor
      store(x, at: start &+ whole, count: tail)
      for i in 0..<tail { largest = max(largest, x[i]) }
    }
    var sums = Lanes.zero
    for j in stride(from: 0, to: whole, by: Lanes.scalarCount) {
      sums += exponential(lanes(at: start &+ j) - largest)
    }
    var total = sums.sum()
    if tail > 0 {
      let e = exponential(lanes(at: start &+ whole, count: tail) - largest)
      for i in 0..<tail { total += e[i] }
    }
    return largest + log(total)
  }
}

/// `x[0][row, j] ← log (Σ_m exp(x[m][row, j] − totals[m]) / m)`: the log of the mean probability.
///
/// - Parameter totals: `log Σ_j exp(x[m][row, j])` of each.
package func averageProbabilities(of scores: [Tensor], totals: [Float], row: Int) {
  precondition(
    scores.count == totals.count && !scores.isEmpty, "\(totals.count) totals of \(scores.count)")
  let columns = scores[0].columns
  let share = 1 / Float(scores.count)
  for j in stride(from: 0, to: columns, by: Lanes.scalarCount) {
    let count = min(Lanes.scalarCount, columns &- j)
    var sums = Lanes.zero
    for (x, total) in zip(scores, totals) {
      sums += exponential(x.lanes(at: row &* columns &+ j, count: count) - total)
    }
    var logs = Lanes.zero
    for i in 0..<count { logs[i] = log(sums[i] * share) }
    scores[0].store(logs, at: row &* columns &+ j, count: count)
  }
}
