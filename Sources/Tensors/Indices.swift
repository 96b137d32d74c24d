/// A row of 32-bit integers in an arena: token ids, row numbers, lengths.
///
/// A view like `Tensor`.
@safe
package struct Indices {
  package let count: Int
  private let base: UnsafeMutablePointer<Int32>
  private let memory: AlignedMemory

  /// - Parameter offset: the first integer, counted from the start of the memory.
  init(in memory: AlignedMemory, offset: Int, count: Int) {
    precondition(
      offset >= 0 && (offset + count) * MemoryLayout<Int32>.stride <= memory.byteCount,
      "\(count) integers at \(offset) of \(memory.byteCount) bytes")
    unsafe base = memory.base.assumingMemoryBound(to: Int32.self) + offset
    self.memory = memory
    self.count = count
  }

  private init(_ memory: AlignedMemory, _ base: UnsafeMutablePointer<Int32>, count: Int) {
    self.memory = memory
    unsafe self.base = base
    self.count = count
  }

  package var span: Span<Int32> {
    @_lifetime(borrow self) get { unsafe Span(_unsafeStart: base, count: count) }
  }

  package var values: MutableSpan<Int32> {
    @_lifetime(borrow self) get { unsafe MutableSpan(_unsafeStart: base, count: count) }
  }

  /// Some of them, as a view of the same memory.
  package subscript(range: Range<Int>) -> Indices {
    precondition(0 <= range.lowerBound && range.upperBound <= count, "\(range) of \(count)")
    return unsafe Indices(memory, base + range.lowerBound, count: range.count)
  }

  package subscript(index: Int) -> Int {
    precondition(0 <= index && index < count, "index \(index) of \(count)")
    return unsafe Int(base[index])
  }
}
