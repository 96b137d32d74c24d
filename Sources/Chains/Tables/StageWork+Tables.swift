import Artifacts
import Cores
import Diagnostics
import Digests
import Files
import Pipelines
import Text

extension StageWork {
  /// Opens a table to be read in batches of rows.
  package func table(_ input: StageInput) throws(Diagnostic) -> TableReader<InputFile> {
    try TableReader(try stream(input), file: "\(input.source)")
  }

  /// Opens a table to be read in chunks that are cut by what the rows say.
  package func chunks(of input: StageInput) throws(Diagnostic) -> TableChunkReader<InputFile> {
    try TableChunkReader(
      try stream(input), file: "\(input.source)", sizes: store.chunkSizes)
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
    let known = change.isByRow ? pieces([port.name] + reader.columns) : nil
    var writer = try TablePieceWriter(columns: change.columns, known, in: self)
    let pace = RowProgress(of: self)
    while let chunk = try reader.next() {
      guard !shouldStop else { return nil }
      var content: Digest?
      if writer.remembers, let start = chunk.start {
        let digest = chunk.digest(cores: cores)
        content = digest
        if try writer.copy(digest, startingAt: start) != nil { continue }
      }
      guard try write(chunk, reader.lines, change, of: content, to: &writer) else { return nil }
      pace.report(rows: writer.rowCount, reader.source.progress)
    }
    let written = (writer.rowCount, writer.dropped)
    try writer.commit(to: port, countsRows: countsRows, in: self)
    return written
  }

  /// Changes the rows of a chunk and writes them; false when the stage was asked to stop.
  private func write(
    _ chunk: TableChunk, _ table: TableLines, _ change: TableChange, of content: Digest?,
    to writer: inout TablePieceWriter
  ) throws(Diagnostic) -> Bool {
    let (ranges, apply) = (TableText.pieces(of: chunk.lines), change.apply)
    var texts: [[UInt8]] = []
    var written = 0
    var dropped = DroppedRows()
    for first in stride(from: 0, to: ranges.count, by: cores * 2) {
      guard !shouldStop else { return false }
      let group = ranges[first..<min(first + cores * 2, ranges.count)]
      var changed = try mapConcurrently(group.count, cores: cores) {
        (index) throws(Diagnostic) -> TableChange.Rows in
        let range = group[group.startIndex + index]
        return try apply(
          table.rows(
            of: chunk.lines.span.extracting(range), firstLine: chunk.line(at: range.lowerBound)))
      }
      for rows in changed { dropped.add(rows.dropped) }
      if let settle = change.settle {
        changed = changed.map { settle($0.rows) }
        for rows in changed { dropped.add(rows.dropped) }
      }
      let settled = changed
      texts += mapConcurrently(settled.count, cores: cores) { index in
        var text: [UInt8] = []
        TableText.append(settled[index].rows, to: &text)
        return text
      }
      written += settled.reduce(0) { $0 + $1.rows.count }
    }
    try writer.write(
      texts, of: content,
      TablePieceNote(
        start: chunk.start ?? Origin(line: 1), readCount: chunk.rowCount, writtenCount: written,
        dropped: dropped))
    return true
  }
}
