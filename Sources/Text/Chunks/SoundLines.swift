/// Parses parts of chunks out of turn, on any thread.
package struct SoundLines: Sendable {
  /// The rows of a part, of which nothing else is to be said.
  package struct Rows: Sendable {
    package let batch: RowBatch
    /// How many lines they were read from.
    package let lineCount: Int
  }

  /// As it is behind the header.
  private let lines: DelimitedRows

  init(_ lines: DelimitedRows) { self.lines = lines }

  /// The rows of a part, supposed that it begins a record.
  ///
  /// - Returns: nil when its last record does not end with it, or one is malformed or looks like several:
  ///   it must be parsed in turn then.
  package func rows(of part: DelimitedChunk.Part, in chunk: DelimitedChunk) -> Rows? {
    guard part.range.count <= lines.maximumRecordBytes, var lines = lines.atLine(part.line) else {
      return nil
    }
    let batch = lines.rows(of: chunk.lines.bytes[part.range])
    guard lines.isBetweenRecords, lines.oddityCount == 0 else { return nil }
    return Rows(batch: batch, lineCount: lines.line - part.line)
  }
}
