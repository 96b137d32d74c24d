/// A small file of our own, read whole.
enum FileBytes {
  /// The bytes; nil when the file is absent, is a link, cannot be read or is larger than `limit`.
  static func read(_ path: String, limit: Int = 64 << 20) -> [UInt8]? {
    guard let file = OpenFile(ifPossible: path, for: .readOwn) else { return nil }
    var bytes: [UInt8] = []
    var piece = 4096
    while bytes.count <= limit {
      let start = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: piece))
      guard let count = try? file.read(into: &bytes, from: start) else { return nil }
      bytes.removeLast(piece - count)
      // Only the end of a regular file makes a read come back short.
      if count < piece { return bytes }
      piece = min(1 << 20, piece * 4)
    }
    return nil
  }
}
