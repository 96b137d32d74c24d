import Diagnostics
import Glibc

/// A whole file as read-only memory, given back when the last reference goes.
///
/// Files that nobody changes in place, as the objects of a store, are mapped. Those of a person are
/// read into memory: a file cut short while it is mapped ends the program.
@safe package final class MappedFile: Sendable {
  package let path: String
  package let status: FileStatus
  private nonisolated(unsafe) let memory: UnsafeRawBufferPointer

  /// Maps a file of our own; a link in its place is refused.
  package convenience init(_ path: String) throws(Diagnostic) {
    let file = try OpenFile(path, for: .readOwn)
    let status = try file.status().status
    let memory = try unsafe Self.map(file, status.byteCount, PROT_READ, MAP_PRIVATE)
    unsafe self.init(path, status, UnsafeRawBufferPointer(memory))
  }

  /// Reads a file that a person named into memory, whatever becomes of the file from then on.
  ///
  /// - Throws: when it changes while it is read.
  package convenience init(reading path: String) throws(Diagnostic) {
    let file = try OpenFile(path, for: .read)
    let status = try file.status().status
    let memory = try unsafe Self.map(
      file, status.byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS)
    unsafe self.init(path, status, UnsafeRawBufferPointer(memory))
    var count = 0
    while count < memory.count {
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[count...])
      let read = try unsafe file.read(into: rest)
      if read == 0 { break }
      count += read
    }
    guard count == status.byteCount, try file.status().status == status else {
      throw Diagnostic(.changedWhileRead(path))
    }
  }

  private init(_ path: String, _ status: FileStatus, _ memory: UnsafeRawBufferPointer) {
    self.path = path
    self.status = status
    unsafe self.memory = memory
  }

  private static func map(
    _ file: borrowing OpenFile, _ byteCount: Int, _ protection: Int32, _ flags: Int32
  ) throws(Diagnostic) -> UnsafeMutableRawBufferPointer {
    guard byteCount > 0 else { return unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0) }
    let isOfFile = flags & MAP_ANONYMOUS == 0
    let start = unsafe mmap(
      nil, byteCount, protection, flags, isOfFile ? file.descriptor : -1, 0)
    guard let start = unsafe start, unsafe start != MAP_FAILED else {
      throw Diagnostic(.cannot(isOfFile ? "map" : "read", file.path))
    }
    return unsafe UnsafeMutableRawBufferPointer(start: start, count: byteCount)
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
