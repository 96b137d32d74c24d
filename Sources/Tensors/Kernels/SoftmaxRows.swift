/// `x[n, :] ← factor · softmax(x[n, :])`, in place.
package func softmaxRows(of x: Tensor, times factor: Float) {
  for row in 0..<x.rows {
    let start = row &* x.columns
    var largest = -Float.infinity
    for i in start..<start + x.columns { largest = max(largest, x[i]) }
    var total: Float = 0
    for j in stride(from: 0, to: x.columns, by: Lanes.scalarCount) {
      let count = min(Lanes.scalarCount, x.columns &- j)
      let e = exponential(x.lanes(at: start &+ j, count: count) - largest)
      for i in 0..<count { total += e[i] }
      x.store(e, at: start &+ j, count: count)
    }
    scale(x[rows: row..<row + 1], by: factor / total, into: x[rows: row..<row + 1])
  }
}

/// Turns `dy[n, c]` into the gradient of what went into `y = factor · softmax(x)`.
///
/// `dx = y · (dy − Σ y · dy / factor)`.
package func softmaxRowsGradient(of y: Tensor, times factor: Float, into dy: Tensor) {
  precondition(y.count == dy.count, "\(dy.count) slopes of \(y.count) values")
  for row in 0..<y.rows {
    let range = row * y.columns..<(row + 1) * y.columns
    var sum: Float = 0
    for i in range { sum += y[i] * dy[i] }
    let mean = sum / factor
    for i in range { dy[i] = y[i] * (dy[i] - mean) }
  }
}
