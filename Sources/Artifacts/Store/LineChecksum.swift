import Digests

/// The end of a line of a file that grows line by line: the first digits of the digest of the line
/// up to there.
enum LineChecksum {
  static let byteCount = 12

  static func of(_ line: String) -> String { of(line.utf8.span) }

  static func of(_ line: Span<UInt8>) -> String { BLAKE3.digest(of: line).short }

  /// Whether the last digits of a line are the checksum of what is before them.
  static func isRight(in line: Span<UInt8>) -> Bool {
    guard line.count >= byteCount else { return false }
    let end = line.count - byteCount
    return BLAKE3.digest(of: line.extracting(..<end)).hasPrefix(
      hexDigits: line.extracting(end...))
  }
}
