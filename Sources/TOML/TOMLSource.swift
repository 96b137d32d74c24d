import Diagnostics

/// A TOML text and its name, from which diagnostics quote lines.
package struct TOMLSource: Sendable {
  package let file: String
  package let bytes: [UInt8]

  package init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// The text of a line counted from 1, without its line end; empty beyond the last: O(text).
  package func line(_ number: Int) -> String {
    var start = bytes.startIndex
    for _ in 1..<max(1, number) {
      guard let end = bytes[start...].firstIndex(of: .lineFeed) else { return "" }
      start = end + 1
    }
    var line = bytes[start...].prefix { $0 != .lineFeed }
    if line.last == .carriageReturn { line.removeLast() }
    if start == 0, line.starts(with: byteOrderMark) { line.removeFirst(byteOrderMark.count) }
    return String(decoding: line, as: UTF8.self)
  }

  /// A diagnostic that shows the line of `range` with the range underlined.
  package func diagnostic(
    _ message: Diagnostic.Message, at range: SourceRange,
    severity: Diagnostic.Severity = .error
  ) -> Diagnostic {
    Diagnostic(
      message, at: Place(file: file, line: range.line, column: range.column),
      excerpt: Excerpt(line: line(range.line), column: range.column, length: range.length),
      severity: severity)
  }
}

/// What some editors write before the first character of a UTF-8 file.
let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
