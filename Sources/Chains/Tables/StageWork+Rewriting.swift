import Artifacts
import Diagnostics
import Files
import Pipelines
import Text

extension StageWork {
  /// Rewrites a table by changing its rows, on several cores, and writing them in their order.
  ///
  /// What an earlier run made of a chunk of the same rows is copied, where the change is by row.
  ///
  /// - Parameter prepare: called with the columns; returns the new columns and the change.
  /// - Returns: what was written and left out, or nil when the stage was asked to stop.
  package func rewrite(
    _ input: StageInput, to port: Port,
    _ prepare: ([String]) throws(Diagnostic) -> TableChange
  ) throws(Diagnostic) -> (rowCount: Int, dropped: DroppedRows)? {
    let reader = try chunks(of: input)
    let change = try prepare(reader.columns)
    let known =
      change.isByRow ? pieces([port.name] + reader.columns + change.conditions) : nil
    var writer = try TablePieceWriter(columns: change.columns, known, in: self)
    var dropped = DroppedRows()
    let (apply, isSettled) = (change.apply, change.settle != nil)
    let isWhole = try forEachPart(
      of: reader, isKnown: known.map { known in { known[$0.digest] != nil } }
    ) { (rows) throws(Diagnostic) in
      ChangedPart(try apply(rows), staysRows: isSettled)
    } reuse: { (identity, _) throws(Diagnostic) in
      try writer.copy(identity) != nil
    } use: { (part, changed) throws(Diagnostic) in
      try changed.write(to: &writer, settledBy: change.settle, &dropped)
      guard part.isLast else { return }
      writer.end(part.identity, readCount: part.chunk.rowCount, dropped: dropped)
      dropped = DroppedRows()
    }
    guard isWhole else { return nil }
    let written = (writer.rowCount, writer.dropped)
    try writer.commit(to: port, in: self)
    return written
  }
}

/// What became of a part of a chunk.
private struct ChangedPart: Sendable {
  /// The rows, where something is done to them still, or else their lines.
  private var rows: RowBatch?
  private var lines: [UInt8] = []
  private var writtenCount = 0
  private let dropped: DroppedRows

  /// - Parameter staysRows: whether something is to be done to the rows.
  init(_ changed: TableChange.Rows, staysRows: Bool) {
    dropped = changed.dropped
    if staysRows {
      rows = changed.rows
    } else {
      writtenCount = changed.rows.count
      TableText.append(changed.rows, to: &lines)
    }
  }

  /// Writes the part.
  ///
  /// - Parameter chunkDropped: the rows of the chunk that were left out so far.
  func write(
    to writer: inout TablePieceWriter, settledBy settle: ((RowBatch) -> TableChange.Rows)?,
    _ chunkDropped: inout DroppedRows
  ) throws(Diagnostic) {
    chunkDropped.add(dropped)
    if let settle, let rows {
      let settled = settle(rows)
      chunkDropped.add(settled.dropped)
      try writer.write([settled.rows])
    } else {
      try writer.write(lines, rows: writtenCount)
    }
  }
}
