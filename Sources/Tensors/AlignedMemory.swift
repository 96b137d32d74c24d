import Glibc

/// Bytes of its own that start on a cache line, freed with the last reference.
///
/// Where there is no memory for them the program ends with an error; see `MemoryShortage`.
@safe
package final class AlignedMemory {
  /// A cache line, and the widest vector register.
  static let alignment = 64
  /// Bytes of a large page of the system.
  ///
  /// Blocks of several are asked to lie in such: kernels go through more memory than the processor knows
  /// the small pages of.
  private static let largePage = 2 << 20

  let byteCount: Int
  let base: UnsafeMutableRawPointer

  /// The bytes are zero.
  init(byteCount: Int) {
    self.byteCount = byteCount
    var start: UnsafeMutableRawPointer?
    let isLarge = byteCount >= 2 * Self.largePage
    _ = unsafe posix_memalign(
      &start, isLarge ? Self.largePage : Self.alignment, max(1, byteCount))
    guard let start = unsafe start else { MemoryShortage.stop(byteCount) }
    if isLarge { _ = unsafe madvise(start, byteCount, MADV_HUGEPAGE) }
    unsafe base = start
    unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
  }

  deinit { unsafe free(base) }
}
