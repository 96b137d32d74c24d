/// How a source file writes its characters.
package enum TextEncoding: String, CaseIterable, Sendable {
  case utf8 = "utf-8"
  case latin1 = "latin-1"
  case windows1252 = "windows-1252"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"

  /// The encoding whose byte-order mark starts `bytes`, and the mark's length; nil without one.
  static func marked(_ bytes: some Collection<UInt8>) -> (encoding: Self, length: Int)? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
    if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
    return nil
  }
}

/// What to do about bytes that the encoding does not allow, and about NUL.
package enum InvalidBytes: String, CaseIterable, Sendable {
  /// Stop, naming the line and the byte.
  case refuse
  /// Put U+FFFD in their place, and count them.
  case replace
}
