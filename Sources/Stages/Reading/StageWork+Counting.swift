import Chains
import Cores
import Diagnostics
import Files
import Pipelines
import Text

extension StageWork {
  /// Counts the tokens of a table's columns; nil when the stage was asked to stop.
  func countTokens(
    of input: StageInput, in columns: TextColumns
  ) throws(Diagnostic) -> VocabularyCounter? {
    var reader = try table(input)
    let positions = try columns.positions(in: reader.columns, of: "\(input.source)")
    let padded = Set(positions.filter { isPadded(input, column: reader.columns[$0]) })
    var counter = VocabularyCounter()
    var rows = 0
    let pace = RowProgress(of: self)
    while let batches = try reader.next(cores * 2) {
      guard !shouldStop else { return nil }
      let counted = mapConcurrently(batches.count, cores: cores) { index in
        VocabularyCounter(counting: batches[index], columns: positions, padded: padded)
      }
      for part in counted { counter.add(part) }
      rows += batches.reduce(0) { $0 + $1.count }
      pace.report(rows: rows, reader.source.progress)
    }
    return counter
  }
}

extension VocabularyCounter {
  /// - Parameter padded: the columns whose lines are as `pad` writes them.
  init(counting batch: RowBatch, columns: [Int], padded: Set<Int>) {
    self.init()
    for row in 0..<batch.count {
      for column in columns {
        let line = batch.bytes.span.extracting(batch.range(row, column))
        add(line: line, isPadded: padded.contains(column))
      }
    }
  }
}
