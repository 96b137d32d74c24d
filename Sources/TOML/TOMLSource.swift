import Diagnostics
import Synchronization

/// A TOML text and its name, from which diagnostics quote lines.
package final class TOMLSource: Sendable {
  package let file: String
  package let bytes: [UInt8]
  /// Where each line begins.
  private let lineStarts: [Int]
  /// The line that was quoted last: the values of a long list stand in one, and share its text.
  private let quoted = Mutex<(number: Int, text: String)?>(nil)

  package init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    lineStarts = [0] + bytes.indices.lazy.filter { bytes[$0] == .lineFeed }.map { $0 + 1 }
  }

  package var lineCount: Int { lineStarts.count }

  /// The bytes of lines counted from 1, with their line ends.
  package func bytes(ofLines lines: Range<Int>) -> ArraySlice<UInt8> {
    func start(_ line: Int) -> Int {
      line > lineStarts.count ? bytes.count : lineStarts[max(1, line) - 1]
    }
    return bytes[start(lines.lowerBound)..<start(lines.upperBound)]
  }

  /// The text of a line counted from 1, without its line end; empty beyond the last.
  ///
  /// O(line), and O(1) where it is asked for several times in a row.
  package func line(_ number: Int) -> String {
    quoted.withLock { quoted in
      if let quoted, quoted.number == number { return quoted.text }
      let text = text(ofLine: number)
      quoted = (number, text)
      return text
    }
  }

  private func text(ofLine number: Int) -> String {
    guard number <= lineStarts.count else { return "" }
    let start = lineStarts[max(1, number) - 1]
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
