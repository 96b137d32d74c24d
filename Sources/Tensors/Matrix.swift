/// A view of a matrix that need not be contiguous: columns of a tensor, or a transposed one.
@safe
package struct Matrix {
  package let rows: Int
  package let columns: Int
  /// Floats from one stored row to the next.
  let stride: Int
  /// Whether its rows are stored as columns.
  let isTransposed: Bool
  let base: UnsafeMutablePointer<Float>

  /// The same matrix read the other way: rows become columns.
  package var transposed: Matrix {
    unsafe Matrix(
      rows: columns, columns: rows, stride: stride, isTransposed: !isTransposed, base: base)
  }
}

extension Tensor {
  package var matrix: Matrix {
    unsafe Matrix(rows: rows, columns: columns, stride: columns, isTransposed: false, base: base)
  }

  /// Some columns of some rows.
  package func matrix(rows range: Range<Int>, columns span: Range<Int>) -> Matrix {
    precondition(0 <= range.lowerBound && range.upperBound <= rows, "rows \(range) of \(rows)")
    precondition(
      0 <= span.lowerBound && span.upperBound <= columns, "columns \(span) of \(columns)")
    return unsafe Matrix(
      rows: range.count, columns: span.count, stride: columns, isTransposed: false,
      base: base + range.lowerBound * columns + span.lowerBound)
  }
}
