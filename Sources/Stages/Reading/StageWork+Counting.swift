import Artifacts
import Chains
import Cores
import Diagnostics
import Files
import Pipelines
import Text

extension StageWork {
  /// How many bytes one thread counts at a time: so many that few counts are to be added up.
  private static var countedBytes: Int { 2 << 20 }

  /// Counts the tokens of a table's columns; nil when the stage was asked to stop.
  ///
  /// What was counted in a chunk of the same rows, by whichever stage, is not counted again.
  func countTokens(
    of input: StageInput, in columns: TextColumns
  ) throws(Diagnostic) -> VocabularyCounter? {
    let reader = try chunks(of: input)
    let positions = try columns.positions(in: reader.columns, of: "\(input.source)")
    let padded = Set(positions.filter { isPadded(input, column: reader.columns[$0]) })
    let known = pieces(
      by: "count-tokens 1\ncolumns \(positions) of \(reader.columns.count)\n"
        + "padded \(padded.sorted())\n")
    let table = reader.lines
    let count = { @Sendable (part: ChunkPart) throws(Diagnostic) in
      var counts = VocabularyCounter()
      counts.add(try part.rows(by: table), columns: positions, padded: padded)
      return counts
    }
    var counts = try ChunkCounts(known, in: store)
    var parts = ChunkParts(reader, byteCount: Self.countedBytes) { known[$0] != nil }
    var counting = OrderedWork(cores: cores) { (part: ChunkPart) throws(Diagnostic) in
      (part, part.isKnown ? VocabularyCounter() : try count(part))
    }
    let pace = RowProgress(of: self)
    while true {
      while !counting.isFull, !shouldStop, let part = parts.next() { counting.start(part) }
      guard let (part, counted) = try counting.takeNext() else { break }
      if !part.isKnown {
        try counts.add(counted, of: part)
      } else if !counts.add(known: part.chunk) {
        // What was known is not there any more.
        for part in ChunkPart.parts(of: part.chunk, byteCount: Self.countedBytes) {
          try counts.add(count(part), of: part)
        }
      }
      pace.report(rows: counts.rowCount, parts.reader.source.progress)
    }
    guard !shouldStop else { return nil }
    try parts.finish()
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
