import Diagnostics

extension InputFile {
  /// All bytes of a file that a person named, gzip undone.
  ///
  /// - Parameter allowingPipes: whether it may be a pipe or a device.
  /// - Throws: when it cannot be read, or holds more than `limit` bytes.
  package static func contents(
    of path: String, atMost limit: Int, allowingPipes: Bool = false
  ) throws(Diagnostic) -> [UInt8] {
    var file = try InputFile(path, allowingPipes: allowingPipes)
    var bytes: [UInt8] = []
    while try file.read(into: &bytes, atMost: 64 << 10) > 0 {
      guard bytes.count <= limit else { throw Diagnostic(.tooLarge(path, limit)) }
    }
    return bytes
  }
}

extension MappedFile {
  /// A copy of all bytes.
  package var contents: [UInt8] {
    withBytes { bytes in bytes.indices.map { bytes[$0] } }
  }
}

extension Diagnostic.Message {
  static func tooLarge(_ path: String, _ limit: Int) -> Self {
    Self(
      "'\(path)' has more than \(limit >> 20) MiB, too much for what it is used for",
      remedy: "check that it is the right file")
  }
}
