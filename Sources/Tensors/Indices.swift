/// A row of 32-bit integers in an arena: token ids, row numbers, lengths.
///
/// It is a view of shared memory, as a `Tensor` is, whose integers are read and written one by one.
@safe
package struct Indices {
  package let count: Int
  @usableFromInline
  let base: UnsafeMutablePointer<Int32>
  private let memory: AlignedMemory

  /// - Parameter offset: the first integer, counted from the start of the memory.
  init(in memory: AlignedMemory, offset: Int, count: Int) {
    precondition(
      offset >= 0 && count >= 0
        && (offset + count) * MemoryLayout<Int32>.stride <= memory.byteCount,
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

  /// Some of them, as a view of the same memory.
  package subscript(range: Range<Int>) -> Indices {
    precondition(0 <= range.lowerBound && range.upperBound <= count, "\(range) of \(count)")
    return unsafe Indices(memory, base + range.lowerBound, count: range.count)
  }

  /// One of them; what is written must fit into 32 bits.
  @inlinable
  package subscript(index: Int) -> Int {
    get {
      precondition(0 <= index && index < count, "index \(index) of \(count)")
      return unsafe Int(base[index])
    }
    nonmutating set {
      precondition(0 <= index && index < count, "index \(index) of \(count)")
      unsafe base[index] = Int32(newValue)
    }
  }
}
