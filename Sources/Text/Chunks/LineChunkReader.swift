import Diagnostics
import Digests

/// A file whose rows are lines as chunks of lines that are cut by their content, and their rows.
package struct LineChunkReader<Source: ByteSource & ~Copyable, Format: LineFormat>:
  RowChunkReader, ~Copyable
{
  private var runs: SourceRuns<Source>
  /// What makes rows of lines.
  package private(set) var format: Format
  private var cutter: LineCutter
  package private(set) var line = 1
  package private(set) var gaveRowsOnly = false

  /// - Parameter longestLine: a longer one is given to the format before its end was read.
  package init(
    _ source: consuming Source, _ format: Format, sizes: ChunkSizes, longestLine: Int
  ) {
    runs = SourceRuns(source)
    self.format = format
    cutter = LineCutter(sizes, longestLine: max(longestLine, sizes.most))
  }

  /// Looks at the source, to see how far it was read.
  package func source<Value>(_ look: (borrowing Source) -> Value) -> Value { look(runs.source) }

  package var isBetweenRecords: Bool { true }

  package var layoutText: String { format.layoutText }

  package mutating func next() throws(Diagnostic) -> LineChunk? {
    let linesInRow = format.linesInRow
    var count = 0
    return try cutter.next(from: &runs) { line, cut in
      count += 1
      if count % linesInRow == 0 { return cut.endsChunk(line) }
      cut.pass(line)
      return false
    }
  }

  package mutating func skip(lines count: Int) { line += count }

  package mutating func rows(of chunk: LineChunk) throws(Diagnostic) -> [RowBatch] {
    let before = format.skippedCount
    let batches = try format.rows(of: chunk.bytes, firstLine: line)
    gaveRowsOnly = format.skippedCount == before
    line += lineFeeds(in: chunk.bytes.span) / format.linesInRow
    return batches
  }
}
