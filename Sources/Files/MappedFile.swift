import Diagnostics
import Glibc

/// A whole file as read-only memory, unmapped when the last reference goes.
///
/// For files that nobody changes in place, as the objects of a store: a file cut short while it is
/// mapped ends the program. Mapped pages that were touched count in the program's memory as long as the
/// system has room for them; of a large file, therefore, pieces can be had that are read instead.
@safe package final class MappedFile: Sendable {
  package let path: String
  package let status: FileStatus
  /// From how many bytes on a file is large.
  package static let largeByteCount = 64 << 20
  private nonisolated(unsafe) let memory: UnsafeRawBufferPointer
  /// The file once more, for its pieces to be read; nil where it is not large.
  private let pieces: ReadFile?

  /// Maps a file of our own; a link in its place is refused.
  package convenience init(
    _ path: String, in files: any FileSystem = SystemFiles(), largeFrom bound: Int = largeByteCount
  ) throws(Diagnostic) {
    try self.init(OpenFile(path, for: .readOwn, in: files), largeFrom: bound)
  }

  /// - Parameter bound: from how many bytes on the file is large.
  package init(
    _ file: borrowing OpenFile, largeFrom bound: Int = largeByteCount
  ) throws(Diagnostic) {
    path = file.path
    status = try file.status().status
    pieces =
      status.byteCount < bound
      ? nil : try ReadFile(OpenFile(duplicating: file.descriptor, file.path))
    guard status.byteCount > 0 else {
      unsafe memory = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    let (descriptor, byteCount) = (file.descriptor, status.byteCount)
    // MAP_FAILED is −1, which no address is.
    let address = file.files.perform(.map(descriptor)) {
      Int(bitPattern: unsafe mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, descriptor, 0))
    }
    guard address >= 0 else { throw Diagnostic(.cannot("map", file.path)) }
    unsafe memory = UnsafeRawBufferPointer(
      start: UnsafeRawPointer(bitPattern: address), count: byteCount)
  }

  deinit {
    guard let start = unsafe memory.baseAddress else { return }
    _ = unsafe munmap(UnsafeMutableRawPointer(mutating: start), memory.count)
  }

  package var byteCount: Int { status.byteCount }

  /// Whether its pieces are better copied than used where they are mapped.
  package var isLarge: Bool { pieces != nil }

  /// Lends all bytes.
  package func withBytes<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(unsafe memory.bindMemory(to: UInt8.self).span)
  }

  /// Lends `count` values from a byte offset on, which must be inside the file and aligned for them.
  package func withValues<Element: BitwiseCopyable, Result, Failure: Error>(
    of type: Element.Type, from offset: Int, count: Int,
    _ body: (Span<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let stride = MemoryLayout<Element>.stride
    precondition(0 <= offset && offset <= byteCount, "offset \(offset) of \(byteCount) bytes")
    precondition(
      0 <= count && count <= (byteCount - offset) / stride,
      "\(count) values of \(stride) bytes at \(offset) of \(byteCount) bytes")
    precondition(
      offset % MemoryLayout<Element>.alignment == 0, "offset \(offset) is not aligned for \(type)")
    let slice = unsafe UnsafeRawBufferPointer(rebasing: memory[offset..<offset + count * stride])
    return try body(unsafe slice.bindMemory(to: Element.self).span)
  }

  /// A copy of `count` values from a byte offset on, which must be inside the file; of a large file they
  /// are read.
  package func values<Element: BitwiseCopyable>(
    of type: Element.Type = Element.self, from offset: Int, count: Int
  ) throws(Diagnostic) -> [Element] {
    if let pieces { return try pieces.values(of: type, from: offset, count: count) }
    // All empty arrays share one object, whose count must not be written by several threads.
    guard count > 0 else { return [] }
    let bytes = offset..<offset + count * MemoryLayout<Element>.stride
    precondition(0 <= offset && bytes.upperBound <= byteCount, "\(bytes) of \(byteCount) bytes")
    return unsafe [Element](unsafeUninitializedCapacity: count) { elements, initialized in
      unsafe UnsafeMutableRawBufferPointer(elements).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: memory[bytes]))
      initialized = count
    }
  }
}
