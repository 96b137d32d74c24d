import Artifacts
import Diagnostics

#if canImport(Glibc)
  import Glibc
#endif

/// Lines of raw text: of a file, of standard input, or typed at a prompt.
struct TextLines: ~Copyable {
  private var file: InputFile?
  private var pending: [UInt8] = []
  private var hasEnded = false
  private let isInteractive: Bool

  /// - Parameter path: nil for standard input.
  init(path: String?) throws(Diagnostic) {
    file = if let path { try InputFile(path) } else { nil }
    isInteractive = path == nil && isatty(STDIN_FILENO) == 1
    if isInteractive { Terminal.output.line("one text a line; end with Ctrl-D") }
  }

  /// The next line without its end; nil after the last.
  mutating func next() throws(Diagnostic) -> String? {
    if isInteractive, !pending.contains(UInt8(ascii: "\n")) { Terminal.output.write("> ") }
    while true {
      if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
        defer { pending.removeSubrange(...end) }
        return Self.text(pending[..<end])
      }
      if hasEnded {
        guard !pending.isEmpty else { return nil }
        defer { pending.removeAll() }
        return Self.text(pending[...])
      }
      try fill()
    }
  }

  /// The next lines, as many as are there without waiting for more but one at least; nil after the
  /// last.
  mutating func next(atMost count: Int) throws(Diagnostic) -> [String]? {
    guard let first = try next() else { return nil }
    var lines = [first]
    while lines.count < count, pending.contains(UInt8(ascii: "\n")), let line = try next() {
      lines.append(line)
    }
    return lines
  }

  private mutating func fill() throws(Diagnostic) {
    if file != nil {
      hasEnded = try (file?.read(into: &pending, atMost: 64 << 10) ?? 0) == 0
    } else {
      var buffer = [UInt8](repeating: 0, count: 64 << 10)
      let count = unsafe read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { return }
      hasEnded = count <= 0
      pending += buffer.prefix(max(0, count))
    }
  }

  private static func text(_ line: ArraySlice<UInt8>) -> String {
    String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
  }
}
