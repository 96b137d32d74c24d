import Diagnostics
import Glibc

/// A file being written beside its place; it takes the place, whole, when committed.
///
/// Dropping it leaves what was there before.
package struct OutputFile: ~Copyable, ByteSink {
  private static let bufferSize = 1 << 18

  private let path: String
  private let file: OpenFile
  private var buffer: [UInt8] = []
  package private(set) var byteCount = 0

  /// Starts a new content for the path, whose folder must exist.
  package init(_ path: String) throws(Diagnostic) {
    self.path = path
    file = try OpenFile("\(path).\(getpid()).new", for: .replace)
  }

  deinit {
    if file.isStillInPlace { _ = unsafe unlink(file.path) }
  }

  package mutating func write(_ bytes: Span<UInt8>) throws(Diagnostic) {
    byteCount += bytes.count
    if buffer.count + bytes.count > Self.bufferSize { try flush() }
    if bytes.count > Self.bufferSize {
      try file.write(bytes)
    } else {
      unsafe bytes.withUnsafeBufferPointer { unsafe buffer.append(contentsOf: $0) }
    }
  }

  private mutating func flush() throws(Diagnostic) {
    try file.write(buffer.span)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Puts the file in its place.
  ///
  /// - Parameter durable: whether to wait until the bytes are on the disk, so that not even a power
  ///   cut can leave half a file.
  package consuming func commit(durable: Bool = false) throws(Diagnostic) {
    try flush()
    if durable { try file.synchronize() }
    guard unsafe rename(file.path, path) == 0 else { throw Diagnostic(.cannot("make", path)) }
  }
}
