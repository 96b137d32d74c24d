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
    while true {
      guard !shouldStop else { return nil }
      var batches: [RowBatch] = []
      while batches.count < cores * 2, let batch = try reader.next() { batches.append(batch) }
      if batches.isEmpty { return counter }
      let sources = batches
      let counted = mapConcurrently(sources.count, cores: cores) { index in
        VocabularyCounter(counting: sources[index], columns: positions)
      }
      for part in counted { counter.add(part) }
      rows += sources.reduce(0) { $0 + $1.count }
      progress(StageProgress(text: "\(rows.grouped) rows counted"))
    }
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
