/// A matrix of floats in memory that it shares: a view of an arena or of a parameter buffer.
///
/// Copies of it, and views that overlap it, see and write the same floats, and each of them keeps
/// the memory alive. So single values and vectors are read and written with their place checked,
/// which is safe however many views there are; whole spans are unsafe, because they promise that
/// nobody else writes. Memory that an arena has taken back is handed out again: an old view then
/// sees the new values.
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
      offset >= 0 && rows >= 0 && columns >= 0
        && (offset + rows * columns) * MemoryLayout<Float>.stride <= memory.byteCount,
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

  @inlinable
  package var count: Int { rows * columns }

  /// The places of the values, row after row.
  @inlinable
  package var indices: Range<Int> { 0..<count }

  /// One of the values, which lie row after row.
  @inlinable
  package subscript(index: Int) -> Float {
    get {
      precondition(index >= 0 && index < count, "value \(index) of \(count)")
      return unsafe base[index]
    }
    nonmutating set {
      precondition(index >= 0 && index < count, "value \(index) of \(count)")
      unsafe base[index] = newValue
    }
  }

  /// The values, row after row.
  ///
  /// Unsafe: nobody may write them while the span is in use.
  @unsafe
  package var span: Span<Float> {
    @_lifetime(borrow self) get { unsafe Span(_unsafeStart: base, count: count) }
  }

  /// Some of its rows, as a view of the same memory.
  package subscript(rows range: Range<Int>) -> Tensor {
    precondition(0 <= range.lowerBound && range.upperBound <= rows, "rows \(range) of \(rows)")
    return unsafe Tensor(memory, base + range.lowerBound * columns, (range.count, columns))
  }

  /// A view of all its values as a matrix of another shape.
  package func reshaped(rows: Int, columns: Int) -> Tensor {
    precondition(
      rows >= 0 && columns >= 0 && rows * columns == count,
      "\(rows) × \(columns) from \(count) values")
    return unsafe Tensor(memory, base, (rows, columns))
  }

  package func fill(_ value: Float) { unsafe base.update(repeating: value, count: count) }

  /// Copies the values of a tensor of the same number of values.
  package func copy(from other: Tensor) {
    precondition(count == other.count, "copy \(other.count) values into \(count)")
    unsafe base.update(from: other.base, count: count)
  }
}
