import Glibc

extension Tensor {
  /// `x[j] ← x[j] · factor` in a row; gives `log Σ_j exp(x[j])` of what it becomes.
  package func logSumOfExponentials(inRow row: Int, times factor: Float = 1) -> Float {
    precondition(0 <= row && row < rows, "row \(row) of \(rows)")
    let values = self[rows: row..<row + 1]
    if factor != 1 { scale(values, by: factor, into: values) }
    let whole = columns / Lanes.scalarCount &* Lanes.scalarCount
    let tail = columns &- whole
    let last = tail > 0 ? values.lanes(at: whole, count: tail) : .zero
    var largest = RowMaxima(of: values, from: 0, whole: whole).largest
    for i in 0..<tail { largest = max(largest, last[i]) }
    var sums = Lanes.zero
    for j in stride(from: 0, to: whole, by: Lanes.scalarCount) {
      sums += exponential(values.lanes(at: j) - largest)
    }
    var total = sums.sum()
    let exponentials = exponential(last - largest)
    for i in 0..<tail { total += exponentials[i] }
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
