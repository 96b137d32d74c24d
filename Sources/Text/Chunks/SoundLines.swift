/// Parses parts of chunks out of turn, on any thread.
package struct SoundLines: Sendable {
  /// The rows of a part, of which nothing else is to be said.
  package struct Rows: Sendable {
    package let batch: RowBatch
    /// How many lines they were read from.
    package let lineCount: Int
  }

  /// The lines of a table that a part becomes, of which nothing else is to be said.
  package struct Text: Sendable {
    package let lines: [UInt8]
    package let rowCount: Int
    /// How many lines they were read from.
    package let lineCount: Int
  }

  /// As it is behind the header.
  private let lines: DelimitedRows
  private let copying: RecordCopying?

  init(_ lines: DelimitedRows) {
    self.lines = lines
    copying = lines.copying
  }

  /// The lines of a table that the rows of a part are, supposed that it begins a record.
  ///
  /// - Returns: nil where `rows` gives nil, and where something is rare, so that `rows` must be asked.
  package func text(of part: DelimitedChunk.Part, in chunk: DelimitedChunk) -> Text? {
    guard let copying, part.range.count <= lines.maximumRecordBytes else { return nil }
    var text: [UInt8] = []
    let bytes = chunk.lines.bytes.span.extracting(part.range)
    guard let copied = copying.copy(bytes, firstLine: part.line, into: &text) else { return nil }
    return Text(lines: text, rowCount: copied.rowCount, lineCount: copied.lineCount)
  }

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
