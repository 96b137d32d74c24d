/// `y[n, d] ← x[n, d]`, or `y ← y + x`; either may be transposed or part of a wider one.
package func copy(_ x: Matrix, into y: Matrix, adding: Bool = false) {
  precondition(
    x.rows == y.rows && x.columns == y.columns,
    "[\(x.rows), \(x.columns)] copied into [\(y.rows), \(y.columns)]")
  switch (x.isTransposed, y.isTransposed) {
  case (false, false): copyRows(x, into: y, adding: adding)
  case (true, false): copyColumns(x, into: y, adding: adding)
  case (_, true): copy(x.transposed, into: y.transposed, adding: adding)
  }
}

private func copyRows(_ x: Matrix, into y: Matrix, adding: Bool) {
  for row in 0..<y.rows {
    let source = unsafe x.base + row * x.stride
    let target = unsafe y.base + row * y.stride
    if adding {
      for i in 0..<y.columns { unsafe target[i] += source[i] }
    } else {
      unsafe target.update(from: source, count: y.columns)
    }
  }
}

private func copyColumns(_ x: Matrix, into y: Matrix, adding: Bool) {
  // Sixteen rows at a time use all of a cache line of x before it is gone.
  for first in stride(from: 0, to: y.rows, by: 16) {
    let rows = first..<min(y.rows, first + 16)
    var column = 0
    if !adding, rows.count == 16 {
      while column + 16 <= y.columns {
        unsafe transposeBlock(
          from: UnsafeRawPointer(x.base + (column * x.stride + first)), step: rowSize(x),
          to: UnsafeMutableRawPointer(y.base + (first * y.stride + column)), step: rowSize(y))
        column += 16
      }
    }
    for column in column..<y.columns {
      let source = unsafe x.base + column * x.stride
      let target = unsafe y.base + column
      if adding {
        for row in rows { unsafe target[row * y.stride] += source[row] }
      } else {
        for row in rows { unsafe target[row * y.stride] = source[row] }
      }
    }
  }
}

/// Bytes from a stored row of a matrix to the next.
private func rowSize(_ x: Matrix) -> Int { x.stride * MemoryLayout<Float>.stride }
