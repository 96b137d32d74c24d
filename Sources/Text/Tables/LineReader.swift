import Diagnostics

/// The lines of a text file, cut at LF alone.
///
/// A CR before the LF is dropped. U+0085, U+2028 and other CRs stay in their lines. The source must
/// yield UTF-8 (`Decoder`).
package final class LineReader<Source: ByteSource & ~Copyable> {
  package private(set) var source: Source
  /// How many lines were handed out.
  package private(set) var lineCount = 0
  private var buffer: [UInt8] = []
  private var start = 0
  private var chunk: [UInt8]
  private var hasEnded = false
  private let lineFeed = ByteSearch([UInt8(ascii: "\n")])

  package init(_ source: consuming Source, chunkBytes: Int = 256 << 10) {
    self.source = source
    chunk = Array(repeating: 0, count: chunkBytes)
  }

  /// Appends the next line to the field that `batch` is building; false at the end of the file.
  package func appendLine(to batch: inout RowBatch) throws(Diagnostic) -> Bool {
    var searched = start
    while true {
      let end = lineFeed.first(in: buffer.span, from: searched)
      if end < buffer.count {
        append(start..<end, to: &batch)
        start = end + 1
        return true
      }
      if hasEnded {
        guard start < buffer.count else { return false }
        append(start..<buffer.count, to: &batch)
        start = buffer.count
        return true
      }
      searched = buffer.count - start
      try fill()
    }
  }

  /// Moves what is left to the front and reads behind it.
  private func fill() throws(Diagnostic) {
    buffer.removeSubrange(..<start)
    start = 0
    let count = try source.read(into: &chunk)
    hasEnded = count == 0
    buffer.append(contentsOf: chunk[..<count])
  }

  private func append(_ line: Range<Int>, to batch: inout RowBatch) {
    let hasReturn = line.upperBound > line.lowerBound && buffer[line.upperBound - 1] == 0x0D
    let end = hasReturn ? line.upperBound - 1 : line.upperBound
    batch.append(buffer.span.extracting(line.lowerBound..<end))
    lineCount += 1
  }
}
