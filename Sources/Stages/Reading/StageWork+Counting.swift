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
    var counts = try ChunkCounts(
      pieces(
        by: "count-tokens 1\ncolumns \(positions) of \(reader.columns.count)\n"
          + "padded \(padded.sorted())\n"), in: store)
    let pace = RowProgress(of: self)
    let cores = cores
    while let chunk = try reader.next() {
      guard !shouldStop else { return nil }
      let content = chunk.start.map { _ in chunk.digest(cores: cores) }
      if let content, counts.add(known: content, rows: chunk.rowCount) { continue }
      let (ranges, lines) = (TableText.pieces(of: chunk.lines), reader.lines)
      // One counter for each core, of neighbouring pieces: fewer ones to add up.
      let share = (ranges.count + cores - 1) / cores
      let counted = try mapConcurrently(cores, cores: cores) {
        (core) throws(Diagnostic) -> VocabularyCounter in
        var counter = VocabularyCounter()
        for range in ranges.dropFirst(core * share).prefix(share) {
          let batch = try lines.rows(
            of: chunk.lines.span.extracting(range), firstLine: chunk.line(at: range.lowerBound))
          counter.add(batch, columns: positions, padded: padded)
        }
        return counter
      }
      try counts.add(counted, of: content, rows: chunk.rowCount)
      pace.report(rows: counts.rowCount, reader.source.progress)
    }
    return try counts.finish(in: self)
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
