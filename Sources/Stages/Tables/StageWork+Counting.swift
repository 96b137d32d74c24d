import Artifacts
import Cores
import Diagnostics
import Pipelines
import Text

extension StageWork {
  /// Counts the tokens of a table's columns; nil when the stage was asked to stop.
  func countTokens(
    of input: StageInput, in columns: TextColumns
  ) throws(Diagnostic) -> VocabularyCounter? {
    var reader = try table(input)
    let positions = try columns.positions(in: reader.columns, of: "\(input.source)")
    var counter = VocabularyCounter()
    var rows = 0
    let pace = RowProgress(of: self)
    while let batches = try reader.next(cores * 2) {
      guard !shouldStop else { return nil }
      let counted = mapConcurrently(batches.count, cores: cores) { index in
        VocabularyCounter(counting: batches[index], columns: positions)
      }
      for part in counted { counter.add(part) }
      rows += batches.reduce(0) { $0 + $1.count }
      pace.report(rows: rows, bytesRead: reader.source.bytesRead, of: reader.source.byteCount)
    }
    return counter
  }
}

extension VocabularyCounter {
  init(counting batch: RowBatch, columns: [Int]) {
    self.init()
    for row in 0..<batch.count {
      for column in columns { add(line: batch.bytes.span.extracting(batch.range(row, column))) }
    }
  }
}
