import Diagnostics
import Files

/// Writes a table artifact, batch by batch.
package struct TableWriter<Sink: ByteSink & ~Copyable>: ~Copyable {
  private var sink: Sink
  private let columnCount: Int
  private var text: [UInt8] = []
  /// How many rows were written.
  package private(set) var rowCount = 0

  /// Writes the header.
  package init(columns: [String], to sink: consuming Sink) throws(Diagnostic) {
    self.sink = sink
    columnCount = columns.count
    try self.sink.write(TableText.header(columns))
  }

  package mutating func append(_ batch: RowBatch) throws(Diagnostic) {
    precondition(
      batch.columnCount == columnCount, "\(batch.columnCount) columns, not \(columnCount)")
    text.removeAll(keepingCapacity: true)
    TableText.append(batch, to: &text)
    rowCount += batch.count
    try sink.write(text)
  }

  /// Gives the sink back.
  package consuming func finish() -> Sink { sink }
}
