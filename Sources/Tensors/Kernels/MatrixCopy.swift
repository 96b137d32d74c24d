/// `y[n, d] ← x[n, d]`, or `y ← y + x`; either may be transposed or part of a wider one.
package func copy(_ x: Matrix, into y: Matrix, adding: Bool = false) {
  precondition(
    x.rows == y.rows && x.columns == y.columns,
    "[\(x.rows), \(x.columns)] copied into [\(y.rows), \(y.columns)]")
  guard !y.isTransposed else { return copy(x.transposed, into: y.transposed, adding: adding) }
  let step = x.isTransposed ? x.stride : 1
  for row in 0..<y.rows {
    let source = unsafe x.base + row * (x.isTransposed ? 1 : x.stride)
    let target = unsafe y.base + row * y.stride
    if adding {
      for i in 0..<y.columns { unsafe target[i] += source[i &* step] }
    } else if step == 1 {
      unsafe target.update(from: source, count: y.columns)
    } else {
      for i in 0..<y.columns { unsafe target[i] = source[i &* step] }
    }
  }
}
