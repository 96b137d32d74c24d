import Diagnostics
import TOML

extension HostileFormat {
  /// A definition's notation: what is refused has its place inside the text.
  static let toml = HostileFormat(
    "toml",
    words: [
      "[[", "]]", "[", "]", "{", "}", "\"\"\"", "'''", " = ", ".", ",", "\\u0000", "\\uD800",
      "\\UFFFFFFFF", "\\x41", "1979-05-27T07:32:00Z", "24:00:60.5", "-0000-00-00", "0x", "0b",
      "+inf", "nan", "1e", "_", "#", "\r\n", "\r", "\u{FEFF}", "true",
    ]
  ) { bytes throws(Violation) in
    let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
    do throws(Diagnostic) {
      _ = try TOMLDocument.parse(bytes, file: "f")
      return true
    } catch {
      guard let line = error.place?.line, let excerpt = error.excerpt else {
        throw Violation("no place: \(error)")
      }
      try require(
        (1...lines).contains(line)
          && (1...excerpt.line.unicodeScalars.count + 1).contains(excerpt.column),
        "a place outside the text: \(error)")
      return false
    }
  }
}
