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
  /// - Parameters:
  ///   - cuts: where the table is cut, if the stage's work read it before.
  ///   - prepare: called with the columns; returns the new columns and the change.
  /// - Returns: what was written and left out, or nil when the stage was asked to stop.
  package func rewrite(
    _ input: StageInput, to port: Port, cutAt cuts: ChunkCuts? = nil,
    _ prepare: ([String]) throws(Diagnostic) -> TableChange
  ) throws(Diagnostic) -> (rowCount: Int, dropped: DroppedRows)? {
    let reader = try chunks(of: input, cutAt: cuts)
    let change = try prepare(reader.columns)
    let known =
      change.isByRow ? pieces([port.name] + reader.columns + change.conditions) : nil
    var writer = try TablePieceWriter(columns: change.columns, known, in: self)
    var dropped = DroppedRows()
    let (apply, isSettled, fields) = (change.apply, change.settle != nil, change.fields)
    let table = reader.lines
    let isWhole = try forEachPart(
      of: reader, isKnown: known.map { known in { known[$0.digest] != nil } }
    ) { (part) throws(Diagnostic) in
      guard let fields else {
        return ChangedPart(try apply(part.rows(by: table)), staysRows: isSettled)
      }
      return try ChangedPart(part, of: table, fields, otherwise: apply)
    } reuse: { (identity, _) throws(Diagnostic) in
      try writer.copy(identity) != nil
    } use: { (part, changed) throws(Diagnostic) in
      try changed.write(to: &writer, settledBy: change.settle, &dropped)
      guard part.isLast else { return }
      try writer.end(part.identity, readCount: part.chunk.rowCount, dropped: dropped)
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
  private var dropped = DroppedRows()

  /// The lines of a part with some fields changed, and with rows that are not kept rewritten otherwise.
  init(
    _ part: ChunkPart, of table: TableLines, _ fields: TableChange.Fields,
    otherwise apply: (RowBatch) throws(Diagnostic) -> TableChange.Rows
  ) throws(Diagnostic) {
    var transform = fields.transform
    let keeps = fields.keeps
    let isChanged = (0..<table.columnCount).map(fields.columns.contains)
    var dropped = DroppedRows()
    writtenCount = try part.rewrite(by: table, changing: isChanged, into: &lines) {
      (field, row, output) in
      transform.apply(field, of: row, into: &output)
      return keeps?(output.span) ?? true
    } otherwise: { (rows, lines) throws(Diagnostic) in
      let changed = try apply(rows)
      TableText.append(changed.rows, to: &lines)
      dropped.add(changed.dropped)
      return changed.rows.count
    }
    self.dropped = dropped
  }

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
