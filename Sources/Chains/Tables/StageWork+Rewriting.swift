import Artifacts
import Cores
import Diagnostics
import Digests
import Files
import Pipelines
import Text

extension StageWork {
  /// Rewrites a table by changing its rows, on several cores, and writing them in their order.
  ///
  /// What an earlier run made of a chunk of the same rows is copied, where the change is by row.
  ///
  /// - Parameters:
  ///   - countsRows: false where the same rows are counted for another port.
  ///   - prepare: called with the columns; returns the new columns and the change.
  /// - Returns: what was written and left out, or nil when the stage was asked to stop.
  package func rewrite(
    _ input: StageInput, to port: Port, countsRows: Bool = true,
    _ prepare: ([String]) throws(Diagnostic) -> TableChange
  ) throws(Diagnostic) -> (rowCount: Int, dropped: DroppedRows)? {
    var reader = try chunks(of: input)
    let change = try prepare(reader.columns)
    if !change.isByRow { reader.leaveDigestsOut() }
    let known = change.isByRow ? pieces([port.name] + reader.columns) : nil
    let table = reader.lines
    var writer = try TablePieceWriter(columns: change.columns, known, in: self)
    var parts = ChunkParts(reader) { known?[$0] != nil }
    let (apply, isSettled) = (change.apply, change.settle != nil)
    let make = { @Sendable (part: ChunkPart) throws(Diagnostic) in
      try ChangedPart(part, of: table, staysRows: isSettled, apply)
    }
    var changing = OrderedWork(cores: cores) { (part: ChunkPart) throws(Diagnostic) in
      part.isKnown ? ChangedPart(part) : try make(part)
    }
    var piece = ChangedPiece()
    let pace = RowProgress(of: self)
    while true {
      while !changing.isFull, !shouldStop, let part = parts.next() { changing.start(part) }
      guard let changed = try changing.takeNext() else { break }
      let chunk = changed.part.chunk
      if !changed.part.isKnown {
        try piece.add(changed, settledBy: change, to: &writer)
      } else if let digest = chunk.digest, let start = chunk.start,
        try writer.copy(digest, startingAt: start) != nil
      {
        continue
      } else {
        // What was known is not there any more.
        for part in ChunkPart.parts(of: chunk, byteCount: chunk.lines.count) {
          try piece.add(make(part), settledBy: change, to: &writer)
        }
      }
      pace.report(rows: writer.rowCount, parts.reader.source.progress)
    }
    guard !shouldStop else { return nil }
    try parts.finish()
    let written = (writer.rowCount, writer.dropped)
    try writer.commit(to: port, countsRows: countsRows, in: self)
    return written
  }
}

/// What became of a part of a chunk.
private struct ChangedPart: Sendable {
  let part: ChunkPart
  /// The rows, where something is done to them still, or else their lines.
  var rows: RowBatch?
  var lines: [UInt8] = []
  var writtenCount = 0
  var dropped = DroppedRows()

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
}

/// What was written of a chunk so far.
private struct ChangedPiece {
  private var writtenCount = 0
  private var dropped = DroppedRows()

  mutating func add(
    _ changed: ChangedPart, settledBy change: TableChange, to writer: inout TablePieceWriter
  ) throws(Diagnostic) {
    dropped.add(changed.dropped)
    writtenCount += changed.writtenCount
    var lines = changed.lines
    if let settle = change.settle, let rows = changed.rows {
      let settled = settle(rows)
      dropped.add(settled.dropped)
      writtenCount += settled.rows.count
      TableText.append(settled.rows, to: &lines)
    }
    try writer.write(lines)
    guard changed.part.isLast else { return }
    let chunk = changed.part.chunk
    writer.endPiece(
      of: chunk.digest,
      TablePieceNote(
        start: chunk.start ?? Origin(line: 1), readCount: chunk.rowCount,
        writtenCount: writtenCount, dropped: dropped))
    self = ChangedPiece()
  }
}
