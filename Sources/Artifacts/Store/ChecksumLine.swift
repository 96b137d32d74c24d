import Digests

/// The last line of a text that a store keeps: `checksum<TAB>` and the digest of all before it.
enum ChecksumLine {
  private static let name = "checksum\t"
  private static let byteCount = name.utf8.count + 64 + 1
  private static let newline = UInt8(ascii: "\n")

  /// A text, which ends with a line break or is empty, with its checksum.
  static func sealed(_ text: String) -> String { text + line(BLAKE3.digest(of: text)) }

  /// A text, which ends with a line break or is empty, with its checksum.
  static func sealed(_ text: [UInt8]) -> [UInt8] { text + line(BLAKE3.digest(of: text)).utf8 }

  private static func line(_ checksum: Digest) -> String { "\(name)\(checksum)\n" }

  /// Where the checksum line starts; nil when a bit of the text or of the checksum was changed.
  static func start(in bytes: [UInt8]) -> Int? {
    let end = bytes.count - byteCount
    guard end > 0, bytes[end - 1] == newline, bytes.last == newline,
      bytes[end...].starts(with: name.utf8),
      let checksum = Digest(
        hexDigits: bytes.span.extracting((bytes.count - 65)..<(bytes.count - 1))),
      checksum == BLAKE3.digest(of: bytes.span.extracting(..<end))
    else { return nil }
    return end
  }
}
