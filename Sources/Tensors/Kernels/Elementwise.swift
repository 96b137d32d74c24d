/// `y ← y + x`.
package func add(_ x: Tensor, into y: Tensor) {
  precondition(x.count == y.count, "add \(x.count) values to \(y.count)")
  let source = x.span
  var sum = y.values
  for i in source.indices { sum[i] += source[i] }
}

/// `y ← a · x`, or `y ← y + a · x`; element by element.
package func multiply(_ a: Tensor, by x: Tensor, into y: Tensor, adding: Bool = false) {
  precondition(
    a.count == x.count && x.count == y.count, "\(a.count) times \(x.count) into \(y.count) values")
  let left = a.span
  let right = x.span
  var result = y.values
  if adding {
    for i in left.indices { result[i] += left[i] * right[i] }
  } else {
    for i in left.indices { result[i] = left[i] * right[i] }
  }
}

/// `y[n, d] ← y[n, d] + b[d]`.
package func add(row b: Tensor, toEachRowOf y: Tensor) {
  precondition(b.count == y.columns, "\(b.count) values added to rows of \(y.columns)")
  let bias = b.span
  var result = y.values
  for row in 0..<y.rows {
    for i in bias.indices { result[row * bias.count + i] += bias[i] }
  }
}

/// `b[d] ← b[d] + Σ_n y[n, d]`.
package func add(rowsOf y: Tensor, into b: Tensor) {
  precondition(b.count == y.columns, "rows of \(y.columns) summed into \(b.count) values")
  let source = y.span
  var sum = b.values
  for row in 0..<y.rows {
    for i in sum.indices { sum[i] += source[row * y.columns + i] }
  }
}

/// `y ← (a + b) · factor`.
package func add(_ a: Tensor, _ b: Tensor, scaledBy factor: Float, into y: Tensor) {
  precondition(
    a.count == b.count && b.count == y.count,
    "\(a.count) and \(b.count) values added into \(y.count)")
  let left = a.span
  let right = b.span
  var result = y.values
  for i in left.indices { result[i] = (left[i] + right[i]) * factor }
}

/// `y ← factor · x`, or `y ← y + factor · x`.
package func scale(_ x: Tensor, by factor: Float, into y: Tensor, adding: Bool = false) {
  precondition(x.count == y.count, "\(x.count) values scaled into \(y.count)")
  let source = x.span
  var result = y.values
  if adding {
    for i in source.indices { result[i] += factor * source[i] }
  } else {
    for i in source.indices { result[i] = factor * source[i] }
  }
}
