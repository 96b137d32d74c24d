import Artifacts
import Cores
import Diagnostics
import Files
import Pipelines
import Text

extension StageWork {
  /// How many bytes of a table one thread changes at a time.
  package static var rewrittenBytes: Int { 256 << 10 }

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
    let (table, cores) = (reader.lines, cores)
    var writer = try TablePieceWriter(columns: change.columns, known, in: self)
    var parts = ChunkParts(
      reader, byteCount: Self.rewrittenBytes,
      identify: { chunk in known == nil ? nil : chunk.identity(cores: cores) },
      isKnown: { known?[$0.digest] != nil })
    let (apply, isSettled) = (change.apply, change.settle != nil)
    let make = { @Sendable (part: ChunkPart) throws(Diagnostic) in
      try ChangedPart(part, of: table, staysRows: isSettled, apply)
    }
    var changing = OrderedMaking(cores: cores) { (part: ChunkPart) throws(Diagnostic) in
      part.isKnown ? ChangedPart(part) : try make(part)
    }
    var dropped = DroppedRows()
    let pace = RowProgress(of: self)
    while true {
      while !changing.isFull, !shouldStop, let part = parts.next(isFirst: changing.isEmpty) {
        changing.start(part)
      }
      guard let changed = try changing.takeNext() else { break }
      if !changed.part.isKnown {
        try changed.write(to: &writer, settledBy: change.settle, &dropped)
      } else if let identity = changed.part.identity, try writer.copy(identity) != nil {
        continue
      } else {
        // What was known is not there any more.
        for part in changed.part.unknownParts(byteCount: Self.rewrittenBytes) {
          try make(part).write(to: &writer, settledBy: change.settle, &dropped)
        }
      }
      pace.report(rows: writer.rowCount, parts.reader.source.progress)
    }
    guard !shouldStop else { return nil }
    try parts.finish()
    let written = (writer.rowCount, writer.dropped)
    try writer.commit(to: port, in: self)
    return written
  }
}

/// What became of a part of a chunk.
private struct ChangedPart: Sendable {
  let part: ChunkPart
  /// The rows, where something is done to them still, or else their lines.
  private var rows: RowBatch?
  private var lines: [UInt8] = []
  private var writtenCount = 0
  private var dropped = DroppedRows()

  /// Nothing yet.
  init(_ part: ChunkPart) { self.part = part }

  /// - Parameter staysRows: whether something is to be done to the rows.
  init(
    _ part: ChunkPart, of table: TableLines, staysRows: Bool,
    _ apply: (RowBatch) throws(Diagnostic) -> TableChange.Rows
  ) throws(Diagnostic) {
    self.part = part
    let changed = try apply(part.rows(by: table))
    dropped = changed.dropped
    if staysRows {
      rows = changed.rows
    } else {
      writtenCount = changed.rows.count
      TableText.append(changed.rows, to: &lines)
    }
  }

  /// Writes the part, and ends the piece with the last part of a chunk.
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
    guard part.isLast else { return }
    writer.end(part.identity, readCount: part.chunk.rowCount, dropped: chunkDropped)
    chunkDropped = DroppedRows()
  }
}
