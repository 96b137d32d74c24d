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
    let arePadded = positions.map(padded.contains)
    let counter = ChunkedCounter()
    let known = counter.known
    return try tally(
      reader, reading: positions, by: recipe, into: counter,
      partsFrom: PartCounter(besides: known.tokens)
    ) { bytes, fields, part in
      for (place, position) in positions.enumerated() {
        part.add(line: fields[position], of: bytes, isPadded: arePadded[place])
      }
    }?.total
  }

  /// Counts something of a table's rows, on several cores; nil when the stage was asked to stop.
  ///
  /// What was counted by the recipe in a chunk of the same rows, by whichever stage, is used again.
  ///
  /// - Parameters:
  ///   - columns: which fields of the rows it is counted of.
  ///   - recipe: a text of all that decides what is counted of a row, besides the row.
  ///   - countsRows: false where the same rows are counted for what is made of them.
  ///   - byteCount: about how many bytes of the table one thread counts at a time.
  ///   - tally: without rows.
  ///   - empty: what is counted in a part without rows.
  ///   - check: called after each chunk with what was counted so far.
  ///   - count: adds a row, as `TableLines.forEachRow` gives it, to what is counted in its part.
  func tally<Tally: ChunkTally>(
    _ reader: consuming TableChunkReader<InputFile>, reading columns: [Int], by recipe: String,
    countsRows: Bool = true, byteCount: Int = StageWork.talliedBytes, into tally: Tally,
    partsFrom empty: @escaping @autoclosure @Sendable () -> Tally.Part,
    check: (Tally) throws(Diagnostic) -> Void = { (_) throws(Diagnostic) in },
    _ count: @escaping @Sendable (Span<UInt8>, _ fields: Span<Range<Int>>, inout Tally.Part) -> Void
  ) throws(Diagnostic) -> Tally? {
    let known = pieces(by: recipe)
    let table = reader.lines.reading(columns)
    var tallies = try ChunkTallies(tally, known, in: store)
    let isWhole = try forEachPart(
      of: reader, byteCount: byteCount, isKnown: { known[$0.digest] != nil }
    ) { (lines) throws(Diagnostic) -> Tally.Part in
      var part = empty()
      try lines.forEachRow(by: table) { _, bytes, fields in count(bytes, fields, &part) }
      return part
    } reuse: { (identity, chunk) throws(Diagnostic) in
      guard tallies.add(known: identity.digest, rows: chunk.rowCount) else { return false }
      try check(tallies.total)
      return true
    } use: { (part, tally) throws(Diagnostic) in
      tallies.add(tally)
      guard part.isLast else { return }
      try tallies.endChunk(part.identity?.digest, rows: part.chunk.rowCount)
      try check(tallies.total)
    }
    return isWhole ? try tallies.finish(countsRows: countsRows, in: self) : nil
  }

  /// So many that few tallies are added up.
  private static var talliedBytes: Int { 4 << 20 }
}
