import Artifacts
import Chains
import Cores
import Diagnostics
import Digests
import Files
import Pipelines
import Text

extension StageWork {
  /// Counts the tokens of a table's columns; nil when the stage was asked to stop.
  ///
  /// What was counted in a chunk of the same rows, by whichever stage, is not counted again.
  func countTokens(
    of input: StageInput, in columns: TextColumns
  ) throws(Diagnostic) -> VocabularyCounter? {
    var reader = try chunks(of: input)
    let positions = try columns.positions(in: reader.columns, of: "\(input.source)")
    let padded = Set(positions.filter { isPadded(input, column: reader.columns[$0]) })
    let recipe =
      "count-tokens 1\ncolumns \(positions) of \(reader.columns.count)\n"
      + "padded \(padded.sorted())\n"
    return try tally(&reader, by: recipe) { batch, counter in
      counter.add(batch, columns: positions, padded: padded)
    }
  }

  /// Counts something of a table's rows, on several cores; nil when the stage was asked to stop.
  ///
  /// What was counted by the recipe in a chunk of the same rows, by whichever stage, is used again.
  ///
  /// - Parameters:
  ///   - recipe: a text of all that decides what is counted of a row, besides the row.
  ///   - countsRows: false where the same rows are counted for what is made of them.
  ///   - check: called after each chunk with what was counted so far.
  ///   - count: adds rows that lie together to what was counted before them.
  func tally<Tally: ChunkTally>(
    _ reader: inout TableChunkReader<InputFile>, by recipe: String, countsRows: Bool = true,
    check: (Tally) throws(Diagnostic) -> Void = { (_) throws(Diagnostic) in },
    _ count: @Sendable (RowBatch, inout Tally) -> Void
  ) throws(Diagnostic) -> Tally? {
    var tallies = try ChunkTallies<Tally>(pieces(by: recipe), in: store)
    let pace = RowProgress(of: self)
    let cores = cores
    while let chunk = try reader.next() {
      guard !shouldStop else { return nil }
      let content = chunk.start.map { _ in chunk.digest(cores: cores) }
      if let content, tallies.add(known: content, rows: chunk.rowCount) {
        try check(tallies.total)
        continue
      }
      try tallies.add(
        counted(chunk, reader.lines, count), of: content, rows: chunk.rowCount)
      try check(tallies.total)
      pace.report(rows: tallies.rowCount, reader.source.progress)
    }
    return try tallies.finish(countsRows: countsRows, in: self)
  }

  /// What is counted in a chunk: a tally for each core, of neighbouring pieces, so that few have to be
  /// added up.
  private func counted<Tally: ChunkTally>(
    _ chunk: TableChunk, _ lines: TableLines, _ count: @Sendable (RowBatch, inout Tally) -> Void
  ) throws(Diagnostic) -> [Tally] {
    let ranges = TableText.pieces(of: chunk.lines)
    let share = (ranges.count + cores - 1) / cores
    return try mapConcurrently(cores, cores: cores) { (core) throws(Diagnostic) -> Tally in
      var tally = Tally()
      for range in ranges.dropFirst(core * share).prefix(share) {
        let batch = try lines.rows(
          of: chunk.lines.span.extracting(range), firstLine: chunk.line(at: range.lowerBound))
        count(batch, &tally)
      }
      return tally
    }
  }
}

extension VocabularyCounter {
  /// Counts the tokens of some columns.
  ///
  /// - Parameter padded: the columns whose lines are as `pad` writes them.
  fileprivate mutating func add(_ batch: RowBatch, columns: [Int], padded: Set<Int>) {
    for row in 0..<batch.count {
      for column in columns {
        let line = batch.bytes.span.extracting(batch.range(row, column))
        add(line: line, isPadded: padded.contains(column))
      }
    }
  }
}
