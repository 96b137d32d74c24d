/// A matrix of floats in memory that something else owns: an arena or a parameter buffer.
///
/// It is a view, copied freely, that keeps the memory alive; what an arena's reset takes back will
/// be used again, though. Views may overlap; an operation never writes to what it also reads
/// except element by element.
@safe
package struct Tensor {
  package let rows: Int
  /// Values of a row; rows follow each other without gaps.
  package let columns: Int
  package let base: UnsafeMutablePointer<Float>
  let memory: AlignedMemory

  /// - Parameter offset: the first float, counted from the start of the memory.
  init(in memory: AlignedMemory, offset: Int, rows: Int, columns: Int) {
    precondition(
      offset >= 0 && (offset + rows * columns) * MemoryLayout<Float>.stride <= memory.byteCount,
      "[\(rows), \(columns)] at \(offset) of \(memory.byteCount) bytes")
    unsafe base = memory.base.assumingMemoryBound(to: Float.self) + offset
    self.memory = memory
    self.rows = rows
    self.columns = columns
  }

  private init(_ memory: AlignedMemory, _ base: UnsafeMutablePointer<Float>, _ shape: (Int, Int)) {
    self.memory = memory
    unsafe self.base = base
    (rows, columns) = shape
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
    return unsafe Tensor(memory, base + range.lowerBound * columns, (range.count, columns))
  }

  /// The same values with another number of columns.
  package func reshaped(rows: Int, columns: Int) -> Tensor {
    precondition(rows * columns == count, "\(rows) × \(columns) from \(count) values")
    return unsafe Tensor(memory, base, (rows, columns))
  }

  package func fill(_ value: Float) { unsafe base.update(repeating: value, count: count) }

  /// Copies the values of a tensor of the same number of values.
  package func copy(from other: Tensor) {
    precondition(count == other.count, "copy \(other.count) values into \(count)")
    unsafe base.update(from: other.base, count: count)
  }
}
