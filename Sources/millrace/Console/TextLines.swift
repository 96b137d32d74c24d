import Diagnostics
import Files
import Glibc

/// Lines of raw text: of a file, of standard input, or typed at a prompt.
struct TextLines: ~Copyable {
  private let name: String
  private var file: InputFile?
  /// The bytes read: those before `start` were returned, and those before `searched` hold no line end.
  private var bytes: [UInt8] = []
  private var start = 0
  private var searched = 0
  private var lineNumber = 0
  private var hasEnded = false
  /// The error of the line after those that were returned last.
  private var problem: Diagnostic?
  /// Whether a person types them at a prompt.
  let isInteractive: Bool
  /// The longest line, in bytes; no text that is labelled or translated as one is as long.
  private static let longestLine = 1_000_000

  /// - Parameter path: nil for standard input.
  init(path: String?) throws(Diagnostic) {
    name = path ?? "standard input"
    file = if let path { try InputFile(path, allowingPipes: true) } else { nil }
    isInteractive = path == nil && isatty(STDIN_FILENO) == 1
    if isInteractive { Terminal.output.line("one text a line; end with Ctrl-D") }
  }

  /// The next line without its end; nil after the last.
  ///
  /// - Throws: when it cannot be read, or is not UTF-8.
  mutating func next() throws(Diagnostic) -> String? {
    if let problem { throw problem }
    if isInteractive, lineEnd == nil { Terminal.output.write("> ") }
    while lineEnd == nil, !hasEnded {
      guard bytes.count - start <= Self.longestLine else {
        throw Diagnostic(.tooLong, at: Place(file: name, line: lineNumber + 1))
      }
      try fill()
    }
    let end = lineEnd ?? bytes.count
    guard end < bytes.count || start < end else { return nil }
    let line = bytes[start..<end]
    start = min(end + 1, bytes.count)
    searched = start
    return try text(line)
  }

  /// The next lines, at least one, and as many as can be read without waiting; nil after the last.
  mutating func next(atMost count: Int) throws(Diagnostic) -> [String]? {
    guard let first = try next() else { return nil }
    var lines = [first]
    do throws(Diagnostic) {
      while lines.count < count, lineEnd != nil, let line = try next() { lines.append(line) }
    } catch { problem = error }
    return lines
  }

  /// Where the line at `start` ends, if that was read already.
  private var lineEnd: Int? {
    mutating get {
      while searched < bytes.count {
        if bytes[searched] == UInt8(ascii: "\n") { return searched }
        searched += 1
      }
      return nil
    }
  }

  private mutating func fill() throws(Diagnostic) {
    bytes.removeSubrange(..<start)
    searched -= start
    start = 0
    if file != nil {
      hasEnded = try (file?.read(into: &bytes, atMost: 64 << 10) ?? 0) == 0
    } else {
      var buffer = [UInt8](repeating: 0, count: 64 << 10)
      let count = unsafe read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { return }
      hasEnded = count <= 0
      bytes += buffer.prefix(max(0, count))
    }
  }

  private mutating func text(_ line: ArraySlice<UInt8>) throws(Diagnostic) -> String {
    lineNumber += 1
    var line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    if lineNumber == 1, line.starts(with: "\u{FEFF}".utf8) { line = line.dropFirst(3) }
    guard let text = String(validating: line, as: UTF8.self) else {
      throw Diagnostic(.notUTF8, at: Place(file: name, line: lineNumber))
    }
    return text
  }
}

extension Diagnostic.Message {
  fileprivate static let tooLong = Self(
    "the line is longer than 1 MB", remedy: "give one text a line, in a file that is text")

  fileprivate static let notUTF8 = Self(
    "the line is not UTF-8", remedy: "convert the text, e.g. `iconv -f latin1 -t utf-8`")
}
