/// `y[n, :] ← x[rows[n], :]`.
package func gather(rows: Indices, of x: Tensor, into y: Tensor) {
  precondition(
    rows.count == y.rows && x.columns == y.columns,
    "\(rows.count) rows of \(x.columns) values into [\(y.rows), \(y.columns)]")
  for n in 0..<rows.count {
    let row = rows[n]
    y[rows: n..<n + 1].copy(from: x[rows: row..<row + 1])
  }
}

/// `x[rows[n], :] ← x[rows[n], :] + y[n, :]`, in the order of n, for all but one row of x.
package func scatter(_ y: Tensor, addingToRows rows: Indices, of x: Tensor, except skipped: Int) {
  precondition(
    rows.count == y.rows && x.columns == y.columns,
    "[\(y.rows), \(y.columns)] added to \(rows.count) rows of \(x.columns) values")
  for n in 0..<rows.count where rows[n] != skipped {
    let row = rows[n]
    add(y[rows: n..<n + 1], into: x[rows: row..<row + 1])
  }
}
