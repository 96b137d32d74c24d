import Diagnostics

/// A parser's position in its file, with enough of the current line to quote it in an error.
struct ChunkPosition: Sendable {
  /// A byte of the file that an error may have to point at.
  struct Mark: Sendable {
    var index = 0
    var line = 1
    var lineStart = 0
    var scalarsBefore = 0
    /// The column and the line, kept when the chunk ends before the error is known.
    var kept: (column: Int, excerpt: Excerpt?)?
  }

  let file: String
  let lineEnd: LineEnd
  /// Where in the chunk the current line starts; -1 when it started in an earlier chunk.
  private var lineStart = 0
  /// How many scalars of the current line were in earlier chunks.
  private var scalarsBefore = 0

  init(file: String, lineEnd: LineEnd = .lineFeed) {
    self.file = file
    self.lineEnd = lineEnd
  }

  /// Starts a chunk.
  mutating func begin() { lineStart = scalarsBefore > 0 ? -1 : 0 }

  mutating func startLine(at index: Int) {
    lineStart = index
    scalarsBefore = 0
  }

  mutating func end(of chunk: Span<UInt8>) {
    scalarsBefore += scalarCount(in: chunk.extracting(max(0, lineStart)..<chunk.count))
  }

  func mark(_ index: Int, line: Int) -> Mark {
    Mark(index: index, line: line, lineStart: lineStart, scalarsBefore: scalarsBefore)
  }

  /// Makes a mark outlive its chunk.
  func keep(_ mark: inout Mark, in chunk: Span<UInt8>) {
    guard mark.kept == nil else { return }
    let start = max(0, mark.lineStart)
    let before = scalarCount(in: chunk.extracting(start..<max(start, mark.index)))
    guard mark.lineStart >= 0 else {
      // A mark before the chunk is on its last byte so far, which `scalarsBefore` counts already.
      mark.kept = (mark.scalarsBefore + before + (mark.index < 0 ? 0 : 1), nil)
      return
    }
    let text = lineText(in: chunk, from: start, endingIn: lineEnd)
    // Of a very long line only the beginning is kept, which need not be where the mark is.
    let isShown = before <= text.unicodeScalars.count
    mark.kept = (before + 1, isShown ? Excerpt(line: text, column: before + 1) : nil)
  }

  /// An error at a byte of the current chunk.
  func diagnostic(
    _ message: Diagnostic.Message, at mark: Mark, in chunk: Span<UInt8>
  ) -> Diagnostic {
    var mark = mark
    keep(&mark, in: chunk)
    return diagnostic(message, at: mark)
  }

  /// An error at a byte that was kept.
  func diagnostic(_ message: Diagnostic.Message, at mark: Mark) -> Diagnostic {
    Diagnostic(
      message, at: Place(file: file, line: mark.line, column: mark.kept?.column),
      excerpt: mark.kept?.excerpt)
  }
}

/// How many scalars start in these bytes of UTF-8.
func scalarCount(in bytes: Span<UInt8>) -> Int {
  var count = 0
  for index in bytes.indices where bytes[index] & 0xC0 != 0x80 { count &+= 1 }
  return count
}

/// The line that starts at `start`, without its end; at most 4 KB of it.
func lineText(in chunk: Span<UInt8>, from start: Int, endingIn lineEnd: LineEnd) -> String {
  var line: [UInt8] = []
  for index in start..<min(chunk.count, start + 4096) {
    let byte = chunk[index]
    if byte == UInt8(ascii: "\n") || byte == lineEnd.byte { break }
    line.append(byte)
  }
  if line.last == UInt8(ascii: "\r") { line.removeLast() }
  return String(decoding: line, as: UTF8.self)
}
