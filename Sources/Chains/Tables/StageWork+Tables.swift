import Artifacts
import Diagnostics
import Files
import Pipelines
import Text

extension StageWork {
  /// Opens a table to be read in batches of rows.
  package func table(_ input: StageInput) throws(Diagnostic) -> TableReader<InputFile> {
    try TableReader(try stream(input), file: "\(input.source)")
  }

  /// Starts a table that `commit` will store.
  package func newTable(_ columns: [String]) throws(Diagnostic) -> TableWriter<ArtifactDraft> {
    try TableWriter(columns: columns, to: try store.makeDraft())
  }

  package func commit(_ table: consuming TableWriter<ArtifactDraft>, to port: Port)
    throws(Diagnostic)
  {
    try commit(table.finish(), to: port)
  }

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
    var reader = try chunks(of: input)
    let change = try prepare(reader.columns)
    let known =
      change.isByRow ? pieces([port.name] + reader.columns + change.conditions) : nil
    var writer = try TablePieceWriter(columns: change.columns, known, in: self)
    let pace = RowProgress(of: self)
    while let chunk = try reader.next() {
      guard !shouldStop else { return nil }
      let identity = writer.remembers ? chunk.identity(cores: cores) : nil
      if let identity, try writer.copy(identity) != nil { continue }
      guard try write(chunk, reader.lines, change, of: identity, to: &writer) else { return nil }
      pace.report(rows: writer.rowCount, reader.source.progress)
    }
    let written = (writer.rowCount, writer.dropped)
    try writer.commit(to: port, in: self)
    return written
  }

  /// Changes the rows of a chunk and writes them; false when the stage was asked to stop.
  private func write(
    _ chunk: TableChunk, _ lines: TableLines, _ change: TableChange, of identity: ChunkIdentity?,
    to writer: inout TablePieceWriter
  ) throws(Diagnostic) -> Bool {
    var dropped = DroppedRows()
    let isWhole = try forEachPiece(of: chunk, lines, change.apply) {
      (changed) throws(Diagnostic) in
      var changed = changed
      for rows in changed { dropped.add(rows.dropped) }
      if let settle = change.settle {
        changed = changed.map { settle($0.rows) }
        for rows in changed { dropped.add(rows.dropped) }
      }
      try writer.write(changed.map(\.rows))
    }
    guard isWhole else { return false }
    writer.end(identity, readCount: chunk.rowCount, dropped: dropped)
    return true
  }
}
