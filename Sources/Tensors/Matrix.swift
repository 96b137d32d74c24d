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
  let memory: AlignedMemory

  /// The transposed view: rows become columns.
  package var transposed: Matrix {
    unsafe Matrix(
      rows: columns, columns: rows, stride: stride, isTransposed: !isTransposed, base: base,
      memory: memory)
  }

  /// Sets every value; not for a transposed one.
  package func fill(_ value: Float) {
    precondition(!isTransposed, "a transposed matrix is filled through the one it transposes")
    for row in 0..<rows {
      unsafe (base + row * stride).update(repeating: value, count: columns)
    }
  }

  /// Some rows.
  package subscript(rows range: Range<Int>) -> Matrix { self[rows: range, columns: 0..<columns] }

  /// Some columns of some rows.
  package subscript(rows rowRange: Range<Int>, columns columnRange: Range<Int>) -> Matrix {
    precondition(
      0 <= rowRange.lowerBound && rowRange.upperBound <= rows && 0 <= columnRange.lowerBound
        && columnRange.upperBound <= columns,
      "rows \(rowRange), columns \(columnRange) of [\(rows), \(columns)]")
    let offset =
      isTransposed
      ? columnRange.lowerBound * stride + rowRange.lowerBound
      : rowRange.lowerBound * stride + columnRange.lowerBound
    return unsafe Matrix(
      rows: rowRange.count, columns: columnRange.count, stride: stride, isTransposed: isTransposed,
      base: base + offset, memory: memory)
  }
}

extension Matrix {
  /// Which values a matrix shows, and how.
  package struct View: Hashable, Sendable {
    private let place: UInt
    private let rows: Int
    private let columns: Int
    private let stride: Int
    private let isTransposed: Bool

    fileprivate init(of matrix: Matrix) {
      unsafe place = UInt(bitPattern: matrix.base)
      (rows, columns) = (matrix.rows, matrix.columns)
      (stride, isTransposed) = (matrix.stride, matrix.isTransposed)
    }
  }

  package var view: View { View(of: self) }

  /// Whether its values lie in the memory of a tensor.
  package func lies(in tensor: Tensor) -> Bool { memory === tensor.memory }
}

extension Tensor {
  package var matrix: Matrix {
    unsafe Matrix(
      rows: rows, columns: columns, stride: columns, isTransposed: false, base: base,
      memory: memory)
  }

  /// Some columns of some rows.
  package func matrix(rows: Range<Int>, columns: Range<Int>) -> Matrix {
    matrix[rows: rows, columns: columns]
  }

  /// Some columns of all rows.
  package func matrix(columns: Range<Int>) -> Matrix { matrix[rows: 0..<rows, columns: columns] }
}
