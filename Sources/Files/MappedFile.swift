import Diagnostics
import Glibc

/// A whole file as read-only memory, unmapped when the last reference goes.
///
/// For files that nobody changes in place, as the objects of a store: a file cut short while it is
/// mapped ends the program.
@safe package final class MappedFile: Sendable {
  package let path: String
  package let status: FileStatus
  private nonisolated(unsafe) let memory: UnsafeRawBufferPointer

  /// Maps a file of our own; a link in its place is refused.
  package convenience init(
    _ path: String, in files: any FileSystem = SystemFiles()
  ) throws(Diagnostic) {
    try self.init(OpenFile(path, for: .readOwn, in: files))
  }

  package init(_ file: borrowing OpenFile) throws(Diagnostic) {
    path = file.path
    status = try file.status().status
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
}
