import Artifacts
import Chains
import Diagnostics
import Files
import Pipelines
import Text

/// The table of a part as it is loaded; chunks that an earlier run has read are not parsed again.
struct LoadedTable: ~Copyable {
  var writer: TablePieceWriter
  private(set) var labels: LabelRewriting
  let columns: LoadColumns
  private let port: Port
  let pace: RowProgress
  let work: StageWork

  init(
    of source: LoadSource, _ columns: LoadColumns, _ labels: LabelRewriting, _ port: Port,
    in work: StageWork
  ) throws(Diagnostic) {
    // Of line-aligned files, nothing but the names of files says which columns there are.
    let pieces = work.pieces(
      whateverIs: source.lineNames, [port.name, source.place] + columns.names)
    writer = try TablePieceWriter(columns: columns.names, pieces, in: work)
    self.labels = labels
    self.columns = columns
    self.port = port
    self.work = work
    pace = RowProgress(of: work)
  }

  var rowCount: Int { writer.rowCount }

  /// Writes rows that are not remembered, and says whether to go on.
  mutating func append(
    _ batch: RowBatch, _ progress: ReadProgress
  ) throws(Diagnostic) -> Bool {
    try writer.append(changed(batch))
    pace.report(rows: writer.rowCount, progress)
    return !work.shouldStop
  }

  /// Writes the rows of a file, of chunks that are known what an earlier run made of them.
  ///
  /// - Parameter number: the file's in origins.
  /// - Returns: whether all was read.
  mutating func append<Chunks: RowChunkReader & ~Copyable>(
    _ chunks: inout Chunks, number: Int, _ progress: (borrowing Chunks) -> ReadProgress
  ) throws(Diagnostic) -> Bool {
    while let chunk = try chunks.next() {
      guard !work.shouldStop else { return false }
      let start = Origin(file: number, line: chunks.line)
      var identity: ChunkIdentity?
      if chunks.isBetweenRecords, !chunk.bytes.isEmpty {
        let digest = chunk.digest(layout: chunks.layoutText, cores: work.cores)
        let found = ChunkIdentity(digest, startingAt: start)
        if let note = try writer.copy(found) {
          chunks.skip(lines: note.lineCount)
          continue
        }
        identity = found
      }
      var rows: [RowBatch] = []
      for batch in try chunks.rows(of: chunk) { rows.append(try changed(batch)) }
      try writer.write(rows)
      try writer.end(
        chunks.gaveRowsOnly ? identity : nil, readCount: rows.reduce(0) { $0 + $1.count },
        lineCount: chunks.line - start.line)
      pace.report(rows: writer.rowCount, progress(chunks))
    }
    return true
  }

  /// Rows of the file as rows of the table.
  mutating func changed(_ batch: RowBatch) throws(Diagnostic) -> RowBatch {
    try relabelled(columns.joined(batch))
  }

  /// Rows with the labels of the table.
  mutating func relabelled(_ batch: RowBatch) throws(Diagnostic) -> RowBatch {
    guard let column = columns.labelPosition else { return batch }
    return try labels.apply(to: batch, column: column)
  }

  /// Stores the table.
  consuming func commit() throws(Diagnostic) { try writer.commit(to: port, in: work) }
}
