/// `y[n, :] ← x[rows[n], :]`, or `y[n, :] ← y[n, :] + x[rows[n], :]`.
package func gather(rows: Indices, of x: Tensor, into y: Tensor, adding: Bool = false) {
  precondition(
    rows.count == y.rows && x.columns == y.columns,
    "\(rows.count) rows of \(x.columns) values into [\(y.rows), \(y.columns)]")
  for n in 0..<rows.count {
    let row = rows[n]
    prefetch(rows, of: x, soonAfter: n)
    let (source, target) = (x[rows: row..<row + 1], y[rows: n..<n + 1])
    if adding { add(source, into: target) } else { target.copy(from: source) }
  }
}

/// `x[rows[n], :] ← y[n, :]`, or `x[rows[n], :] ← x[rows[n], :] + y[n, :]`, in the order of n.
package func scatter(_ y: Tensor, intoRows rows: Indices, of x: Tensor, adding: Bool = false) {
  guard !adding else { return scatter(y, addingToRows: rows, of: x) }
  checkScatter(y, rows, x)
  for n in 0..<rows.count {
    let row = rows[n]
    x[rows: row..<row + 1].copy(from: y[rows: n..<n + 1])
  }
}

/// `x[rows[n], :] ← x[rows[n], :] + y[n, :]`, in the order of n, for all rows of x but one if it is given.
package func scatter(
  _ y: Tensor, addingToRows rows: Indices, of x: Tensor, except skipped: Int? = nil
) {
  checkScatter(y, rows, x)
  for n in 0..<rows.count where rows[n] != skipped {
    let row = rows[n]
    prefetch(rows, of: x, soonAfter: n)
    add(y[rows: n..<n + 1], into: x[rows: row..<row + 1])
  }
}

private func checkScatter(_ y: Tensor, _ rows: Indices, _ x: Tensor) {
  precondition(
    rows.count == y.rows && x.columns == y.columns,
    "[\(y.rows), \(y.columns)] scattered to \(rows.count) rows of \(x.columns) values")
}

/// Asks for a row that is needed soon: rows lie anywhere in a large table.
@inline(__always)
private func prefetch(_ rows: Indices, of x: Tensor, soonAfter n: Int) {
  guard n &+ 6 < rows.count else { return }
  let row = rows[n &+ 6]
  x[rows: row..<row + 1].prefetch()
}
