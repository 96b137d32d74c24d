/// `y ← y + x`.
package func add(_ x: Tensor, into y: Tensor) {
  precondition(x.count == y.count, "add \(x.count) values to \(y.count)")
  for i in stride(from: 0, to: y.count, by: Lanes.scalarCount) {
    let rest = y.count &- i
    y.store(y.lanes(at: i, count: rest) + x.lanes(at: i, count: rest), at: i, count: rest)
  }
}

/// `y ← a · x`, or `y ← y + a · x`; element by element.
package func multiply(_ a: Tensor, by x: Tensor, into y: Tensor, adding: Bool = false) {
  precondition(
    a.count == x.count && x.count == y.count, "\(a.count) times \(x.count) into \(y.count) values")
  for i in stride(from: 0, to: y.count, by: Lanes.scalarCount) {
    let rest = y.count &- i
    let product = a.lanes(at: i, count: rest) * x.lanes(at: i, count: rest)
    y.store(adding ? y.lanes(at: i, count: rest) + product : product, at: i, count: rest)
  }
}

/// `y[n, d] ← y[n, d] + b[d]`.
package func add(row b: Tensor, toEachRowOf y: Tensor) {
  precondition(b.count == y.columns, "\(b.count) values added to rows of \(y.columns)")
  for row in 0..<y.rows {
    let start = row &* y.columns
    for i in stride(from: 0, to: y.columns, by: Lanes.scalarCount) {
      let rest = y.columns &- i
      y.prefetch(at: start &+ i &+ Tensor.prefetchDistance)
      y.store(
        y.lanes(at: start &+ i, count: rest) + b.lanes(at: i, count: rest), at: start &+ i,
        count: rest)
    }
  }
}

/// `b[d] ← b[d] + Σ_n y[n, d]`.
package func add(rowsOf y: Tensor, into b: Tensor) {
  precondition(b.count == y.columns, "rows of \(y.columns) summed into \(b.count) values")
  for row in 0..<y.rows {
    let start = row &* y.columns
    for i in stride(from: 0, to: y.columns, by: Lanes.scalarCount) {
      let rest = y.columns &- i
      y.prefetch(at: start &+ i &+ Tensor.prefetchDistance)
      b.store(
        b.lanes(at: i, count: rest) + y.lanes(at: start &+ i, count: rest), at: i, count: rest)
    }
  }
}

/// `y ← (a + b) · factor`.
package func add(_ a: Tensor, _ b: Tensor, scaledBy factor: Float, into y: Tensor) {
  precondition(
    a.count == b.count && b.count == y.count,
    "\(a.count) and \(b.count) values added into \(y.count)")
  for i in stride(from: 0, to: y.count, by: Lanes.scalarCount) {
    let rest = y.count &- i
    a.prefetch(at: i &+ Tensor.prefetchDistance)
    b.prefetch(at: i &+ Tensor.prefetchDistance)
    y.prefetch(at: i &+ Tensor.prefetchDistance)
    y.store(
      (a.lanes(at: i, count: rest) + b.lanes(at: i, count: rest)) * factor, at: i, count: rest)
  }
}

/// `y ← factor · x`, or `y ← y + factor · x`.
package func scale(_ x: Tensor, by factor: Float, into y: Tensor, adding: Bool = false) {
  precondition(x.count == y.count, "\(x.count) values scaled into \(y.count)")
  for i in stride(from: 0, to: y.count, by: Lanes.scalarCount) {
    let rest = y.count &- i
    x.prefetch(at: i &+ Tensor.prefetchDistance)
    y.prefetch(at: i &+ Tensor.prefetchDistance)
    let product = x.lanes(at: i, count: rest) * factor
    y.store(adding ? y.lanes(at: i, count: rest) + product : product, at: i, count: rest)
  }
}

/// `Σ x · y`.
package func innerProduct(_ x: Tensor, _ y: Tensor) -> Float {
  precondition(x.count == y.count, "\(x.count) values times \(y.count)")
  var sum = Lanes.zero
  for i in stride(from: 0, to: x.count, by: Lanes.scalarCount) {
    let rest = x.count &- i
    sum.addProduct(x.lanes(at: i, count: rest), y.lanes(at: i, count: rest))
  }
  return sum.sum()
}
