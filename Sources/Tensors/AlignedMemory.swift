/// Bytes of its own that start on a cache line, freed with the last reference.
@safe
package final class AlignedMemory {
  /// A cache line, and the widest vector register.
  static let alignment = 64

  let byteCount: Int
  let base: UnsafeMutableRawPointer

  /// The bytes are zero.
  init(byteCount: Int) {
    self.byteCount = byteCount
    unsafe base = .allocate(byteCount: max(1, byteCount), alignment: Self.alignment)
    unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
  }

  deinit { unsafe base.deallocate() }
}
