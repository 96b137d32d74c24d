/// A matrix of floats in memory that something else owns: an arena or a parameter buffer.
///
/// It is a view, copied freely, valid until its arena is reset or its buffer goes away. Views may
/// overlap; an operation never writes to what it also reads except element by element.
@safe
package struct Tensor {
  package let rows: Int
  /// Values of a row; rows follow each other without gaps.
  package let columns: Int
  @usableFromInline package let base: UnsafeMutablePointer<Float>

  /// - Safety: `base` must stay valid for `rows · columns` floats as long as the view is used.
  @unsafe
  package init(at base: UnsafeMutablePointer<Float>, rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    unsafe self.base = base
  }

  package var count: Int { rows * columns }

  /// The values, row after row.
  package var span: Span<Float> {
    @_lifetime(borrow self) get { unsafe Span(_unsafeStart: base, count: count) }
  }

  /// The values, row after row, to be written.
  package var values: MutableSpan<Float> {
    @_lifetime(borrow self) get { unsafe MutableSpan(_unsafeStart: base, count: count) }
  }

  /// Some of its rows, as a view of the same memory.
  package subscript(rows range: Range<Int>) -> Tensor {
    precondition(0 <= range.lowerBound && range.upperBound <= rows, "rows \(range) of \(rows)")
    return unsafe Tensor(
      at: base + range.lowerBound * columns, rows: range.count, columns: columns)
  }

  /// The same values with another number of columns.
  package func reshaped(rows: Int, columns: Int) -> Tensor {
    precondition(rows * columns == count, "\(rows) × \(columns) from \(count) values")
    return unsafe Tensor(at: base, rows: rows, columns: columns)
  }

  package func fill(_ value: Float) { unsafe base.update(repeating: value, count: count) }

  /// Copies the values of a tensor of the same number of values.
  package func copy(from other: Tensor) {
    precondition(count == other.count, "copy \(other.count) values into \(count)")
    unsafe base.update(from: other.base, count: count)
  }
}
