import Diagnostics

/// A small file of our own, read whole.
package enum FileBytes {
  /// The bytes; nil when there is no such file.
  ///
  /// - Throws: when it cannot be read, is a link or no regular file, or is larger than `limit`.
  package static func read(
    _ path: String, limit: Int = 64 << 20, in files: any FileSystem
  ) throws(Diagnostic) -> [UInt8]? {
    guard let file = try OpenFile(ifThere: path, for: .readOwn, in: files) else { return nil }
    var bytes: [UInt8] = []
    // One byte more than the file has, so that its end is seen with its last bytes.
    var piece = max(4096, min(limit, try file.status().status.byteCount) + 1)
    while bytes.count <= limit {
      let start = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: piece))
      let count = try file.read(into: &bytes, from: start)
      bytes.removeLast(piece - count)
      // A read of a regular file is short only at its end.
      if count < piece { return bytes }
      piece = 1 << 20
    }
    throw Diagnostic(.tooLarge(path, limit))
  }
}
