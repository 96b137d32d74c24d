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

/// `x[rows[n], :] ← y[n, :]`, or `x[rows[n], :] ← x[rows[n], :] + y[n, :]`, in the order of n.
package func scatter(_ y: Tensor, intoRows rows: Indices, of x: Tensor, adding: Bool = false) {
  checkScatter(y, rows, x)
  for n in 0..<rows.count {
    let target = x[rows: rows[n]..<rows[n] + 1]
    let source = y[rows: n..<n + 1]
    if adding { add(source, into: target) } else { target.copy(from: source) }
  }
}

/// `x[rows[n], :] ← x[rows[n], :] + y[n, :]`, in the order of n, for all but one row of x.
package func scatter(_ y: Tensor, addingToRows rows: Indices, of x: Tensor, except skipped: Int) {
  checkScatter(y, rows, x)
  for n in 0..<rows.count where rows[n] != skipped {
    let row = rows[n]
    add(y[rows: n..<n + 1], into: x[rows: row..<row + 1])
  }
}

private func checkScatter(_ y: Tensor, _ rows: Indices, _ x: Tensor) {
  precondition(
    rows.count == y.rows && x.columns == y.columns,
    "[\(y.rows), \(y.columns)] scattered to \(rows.count) rows of \(x.columns) values")
}
