import Diagnostics

/// The lines of a text file, which only LF ends, or the sentences inside its markup.
///
/// A CR before the LF is dropped. U+0085, U+2028 and other CRs stay in their lines. The source must
/// yield UTF-8 (`Decoder`).
package final class LineReader<Source: ByteSource & ~Copyable> {
  package private(set) var source: Source
  /// How many lines were handed out.
  package private(set) var lineCount = 0
  /// The line of the file that the last of them is on, counting lines that hold only markup.
  package private(set) var lineNumber: Int
  private let file: String
  private let markup: LineMarkup
  private let maximumBytes: Int
  private var buffer: [UInt8] = []
  private var start = 0
  private var chunk: [UInt8]
  private var hasEnded = false
  private let lineFeed = ByteSearch([UInt8(ascii: "\n")])

  /// - Parameters:
  ///   - file: the name that errors give.
  ///   - maximumBytes: the longest line; checked once a chunk.
  ///   - firstLine: the number of the line that the source begins with.
  package init(
    _ source: consuming Source, file: String, markup: LineMarkup = .none,
    maximumBytes: Int = RowLimit.bytes, firstLine: Int = 1, chunkBytes: Int = 256 << 10
  ) {
    self.source = source
    self.file = file
    self.markup = markup
    self.maximumBytes = maximumBytes
    lineNumber = firstLine - 1
    chunk = Array(repeating: 0, count: chunkBytes)
  }

  /// Appends the next line to the field that `batch` is building; false at the end of the file.
  package func appendLine(to batch: inout RowBatch) throws(Diagnostic) -> Bool {
    var searched = start
    while true {
      let end = lineFeed.first(in: buffer.span, from: searched)
      if end < buffer.count || hasEnded && start < buffer.count {
        let isText = append(start..<end, to: &batch)
        start = min(end + 1, buffer.count)
        if isText { return true }
        searched = start
        continue
      }
      if hasEnded { return false }
      searched = buffer.count - start
      try fill()
    }
  }

  /// Moves the unread bytes to the front of the buffer and reads more after them.
  private func fill() throws(Diagnostic) {
    buffer.removeSubrange(..<start)
    start = 0
    guard buffer.count <= maximumBytes else {
      throw Diagnostic(.endlessLine(maximumBytes), at: Place(file: file, line: lineNumber + 1))
    }
    let count = try source.read(into: &chunk)
    hasEnded = count == 0
    buffer.append(contentsOf: chunk[..<count])
  }

  /// Appends the sentence of a line; false when the line holds only markup.
  private func append(_ line: Range<Int>, to batch: inout RowBatch) -> Bool {
    let hasReturn = line.upperBound > line.lowerBound && buffer[line.upperBound - 1] == 0x0D
    let end = hasReturn ? line.upperBound - 1 : line.upperBound
    lineNumber += 1
    if markup == .none {
      batch.append(buffer.span.extracting(line.lowerBound..<end))
    } else {
      guard let text = markup.text(of: buffer[line.lowerBound..<end]) else { return false }
      batch.append(text)
    }
    lineCount += 1
    return true
  }
}

extension Diagnostic.Message {
  fileprivate static func endlessLine(_ limit: Int) -> Self {
    Self(
      "line is longer than \(limit >> 20) MB",
      remedy: "check that this is a text file whose lines end with LF or CR LF, or"
        + " \(RowLimit.remedy)")
  }
}
