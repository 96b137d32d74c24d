import Artifacts
import Chains
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
    let reader = try chunks(of: input)
    let positions = try columns.positions(in: reader.columns, of: "\(input.source)")
    let padded = Set(positions.filter { isPadded(input, column: reader.columns[$0]) })
    let recipe =
      "count-tokens 1\ncolumns \(positions) of \(reader.columns.count)\n"
      + "padded \(padded.sorted())\n"
    return try tally(reader, by: recipe) { batch, counter in
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
  ///   - byteCount: about how many bytes of the table one thread counts at a time.
  ///   - check: called after each chunk with what was counted so far.
  ///   - count: adds rows that lie together to what was counted before them.
  func tally<Tally: ChunkTally>(
    _ reader: consuming TableChunkReader<InputFile>, by recipe: String, countsRows: Bool = true,
    byteCount: Int = StageWork.talliedBytes,
    check: (Tally) throws(Diagnostic) -> Void = { (_) throws(Diagnostic) in },
    _ count: @escaping @Sendable (RowBatch, inout Tally) -> Void
  ) throws(Diagnostic) -> Tally? {
    let known = pieces(by: recipe)
    var tallies = try ChunkTallies<Tally>(known, in: store)
    var counted: [Tally] = []
    let isWhole = try forEachPart(
      of: reader, byteCount: byteCount, isKnown: { known[$0.digest] != nil }
    ) { (rows) throws(Diagnostic) -> Tally in
      var tally = Tally()
      count(rows, &tally)
      return tally
    } reuse: { (identity, chunk) throws(Diagnostic) in
      guard tallies.add(known: identity.digest, rows: chunk.rowCount) else { return false }
      try check(tallies.total)
      return true
    } use: { (part, tally) throws(Diagnostic) in
      counted.append(tally)
      guard part.isLast else { return }
      try tallies.add(counted, of: part.identity?.digest, rows: part.chunk.rowCount)
      counted = []
      try check(tallies.total)
    }
    return isWhole ? try tallies.finish(countsRows: countsRows, in: self) : nil
  }

  /// So many that few tallies are added up.
  private static var talliedBytes: Int { 2 << 20 }
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
