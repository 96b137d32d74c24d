import Artifacts
import Chains
import Cores
import Diagnostics
import Digests
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
        var content: Digest?
        if writer.remembers, chunks.isBetweenRecords, !chunk.bytes.isEmpty {
          let digest = chunk.digest(layout: chunks.layoutText, cores: work.cores)
          if let note = try writer.copy(digest, startingAt: start) {
            chunks.skip(lines: note.lineCount)
            continue
          }
          content = digest
        }
        var rows: [RowBatch] = []
        for batch in try chunks.rows(of: chunk) { rows.append(try change(columns.joined(batch))) }
        let (batches, count) = (rows, rows.reduce(0) { $0 + $1.count })
        let texts = mapConcurrently(batches.count, cores: work.cores) { index in
          var text: [UInt8] = []
          TableText.append(batches[index], to: &text)
          return text
        }
        try writer.write(
          texts, of: chunks.gaveRowsOnly ? content : nil,
          TablePieceNote(
            start: start, readCount: count, lineCount: chunks.line - start.line,
            writtenCount: count))
        pace.report(rows: writer.rowCount, chunks.reader.source.source.progress)
      }
      counts.add(chunks.reader.skipped, replacements: chunks.reader.source.replacements)
      counts.add(chunks.reader.missingQuotes, in: file.path)
    }
    return true
  }
}
