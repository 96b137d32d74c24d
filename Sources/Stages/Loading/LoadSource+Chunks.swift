import Artifacts
import Chains
import Diagnostics
import Files
import Pipelines
import Text

/// CSV and TSV in chunks, of which those that an earlier run has read are not parsed again.
extension LoadSource {
  /// Whether its files are read in chunks.
  var isDelimited: Bool { parallel.isEmpty && classes.isEmpty && format.isDelimited }

  /// The lines of the key that name its files.
  var lineNames: Set<String> { Set(parts.flatMap(\.files).map(\.name)) }

  /// Reads the files of one part in turn and writes the rows of the chosen columns.
  ///
  /// - Parameter change: what becomes of the rows of each batch; it depends on the row alone.
  /// - Returns: whether all was read.
  func loadChunks(
    part: Int, _ columns: LoadColumns, _ counts: inout LoadCounts,
    into writer: inout TablePieceWriter, for work: StageWork,
    _ change: (RowBatch) throws(Diagnostic) -> RowBatch
  ) throws(Diagnostic) -> Bool {
    let before = parts[..<part].reduce(0) { $0 + $1.files.count }
    let pace = RowProgress(of: work)
    for (index, file) in parts[part].files.enumerated() {
      let number = before + index + 1
      var chunks = DelimitedChunkReader(
        try delimitedReader(file.path, number, columns, stopsEarly: true),
        sizes: work.store.chunkSizes)
      if let first = chunks.takeFirst(), !first.isEmpty {
        try writer.append(change(columns.joined(first)))
      }
      while let chunk = try chunks.next() {
        guard !work.shouldStop else { return false }
        let start = Origin(file: number, line: chunks.line)
        var identity: ChunkIdentity?
        if writer.remembers, chunks.isBetweenRecords, !chunk.bytes.isEmpty {
          let digest = chunk.digest(layout: chunks.layoutText, cores: work.cores)
          let found = ChunkIdentity(digest, startingAt: start)
          if let note = try writer.copy(found) {
            chunks.skip(lines: note.lineCount)
            continue
          }
          identity = found
        }
        var rows: [RowBatch] = []
        for batch in try chunks.rows(of: chunk) { rows.append(try change(columns.joined(batch))) }
        try writer.write(rows)
        writer.end(
          chunks.gaveRowsOnly ? identity : nil, readCount: rows.reduce(0) { $0 + $1.count },
          lineCount: chunks.line - start.line)
        pace.report(rows: writer.rowCount, chunks.reader.source.source.progress)
      }
      counts.add(chunks.reader.skipped, replacements: chunks.reader.source.replacements)
      counts.add(chunks.reader.missingQuotes, in: file.path)
    }
    return true
  }
}
