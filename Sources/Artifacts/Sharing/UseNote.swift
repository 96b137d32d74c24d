import Digests

/// A line of a process's file in `uses`: the digest of a key or an object, and the line's checksum.
enum UseNote {
  private static let digestLength = 64

  static func line(_ digest: Digest) -> String {
    let line = "\(digest) "
    return line + LineChecksum.of(line) + "\n"
  }

  /// The digests of a file's lines; nil when a line is damaged.
  ///
  /// Lines of older programs have no checksums. What follows the last line end is still being written.
  static func digests(in bytes: [UInt8]) -> [Digest]? {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let lineLength = digestLength + 1 + LineChecksum.byteCount
    guard let last = lines.last, last.count < lineLength else { return nil }
    var digests: [Digest] = []
    for line in lines.dropLast() {
      let hex = line.prefix(digestLength)
      guard line.count == digestLength || LineChecksum.isRight(in: line.span),
        let digest = Digest(hexDigits: hex.span)
      else { return nil }
      digests.append(digest)
    }
    return digests
  }
}
