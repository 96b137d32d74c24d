/// `y[d] ← max_q x[q, columns[d]]` among some rows, and which of them has it.
///
/// - Parameters:
///   - rows: at least one; of equal values the first one's wins.
///   - winners: [d], the rows that won.
package func largestValues(
  of x: Tensor, rows: Range<Int>, columns: Range<Int>, into y: Tensor, winners: Indices
) {
  precondition(
    !rows.isEmpty && rows.lowerBound >= 0 && rows.upperBound <= x.rows
      && columns.lowerBound >= 0 && columns.upperBound <= x.columns
      && y.count == columns.count && winners.count == columns.count,
    "rows \(rows), columns \(columns) of [\(x.rows), \(x.columns)] into \(y.count) values")
  for j in stride(from: 0, to: columns.count, by: Lanes.scalarCount) {
    let rest = columns.count &- j
    var place = rows.lowerBound &* x.columns &+ columns.lowerBound &+ j
    var best = x.lanes(at: place, count: rest)
    var winner = SIMD16<Int32>(repeating: Int32(rows.lowerBound))
    for row in rows.lowerBound &+ 1..<max(rows.lowerBound &+ 1, rows.upperBound) {
      place &+= x.columns
      let value = x.lanes(at: place, count: rest)
      let isLarger = value .> best
      best.replace(with: value, where: isLarger)
      winner.replace(with: Int32(row), where: isLarger)
    }
    y.store(best, at: j, count: rest)
    for i in 0..<min(Lanes.scalarCount, rest) { winners[j &+ i] = Int(winner[i]) }
  }
}

/// `dx ← dx + g · w` and `dw ← dw + g · x`: what reaches the factors of `y = Σ x · w` from `dy = g`.
package func addProductGradient(
  _ g: Float, of x: Tensor, _ w: Tensor, into dx: Tensor, _ dw: Tensor
) {
  precondition(
    x.count == w.count && x.count == dx.count && x.count == dw.count,
    "\(x.count) and \(w.count) values, \(dx.count) and \(dw.count) slopes")
  let g = Lanes(repeating: g)
  for i in stride(from: 0, to: x.count, by: Lanes.scalarCount) {
    let rest = x.count &- i
    let (xs, ws) = (x.lanes(at: i, count: rest), w.lanes(at: i, count: rest))
    dx.store(dx.lanes(at: i, count: rest).addingProduct(ws, g), at: i, count: rest)
    dw.store(dw.lanes(at: i, count: rest).addingProduct(xs, g), at: i, count: rest)
  }
}
