import Chains
import Diagnostics
import Files
import Metrics
import Pipelines
import Text

/// Translations beside their references, with the scores of each: the table `sentences`.
package struct SentenceScores: EvaluationTable {
  /// One sentence.
  package struct Row: EvaluatedRow {
    package let origin: Origin
    package let hypothesis: String
    package let references: [String]
    /// In the order of `scoreNames`.
    package let scores: [Double]
  }

  private static let hypothesis = "hypothesis"

  /// The columns that the references were in.
  private let referenceNames: [String]
  /// The metrics that score single sentences.
  package let scoreNames: [String]
  package internal(set) var rows: [Row] = []

  init(referenceNames: [String], scoreNames: [String]) {
    self.referenceNames = referenceNames
    self.scoreNames = scoreNames
  }

  init?(_ reader: inout TableReader<InputFile>) throws(Diagnostic) {
    let names = reader.columns
    let metrics = Metric.ofTranslations.map(\.name)
    let first = names.firstIndex(where: metrics.contains) ?? names.endIndex
    guard names.first == Self.hypothesis, first > 1 else { return nil }
    referenceNames = Array(names[1..<first])
    scoreNames = Array(names[first...])
    while let batch = try reader.next() {
      for row in 0..<batch.count {
        let fields = names.indices.map { batch.text(row, $0) }
        rows.append(
          Row(
            origin: batch.origins[row], hypothesis: fields[0],
            references: Array(fields[1..<first]), scores: fields[first...].map { Double($0) ?? 0 }))
      }
    }
  }

  func write(to port: Port, in work: StageWork) throws(Diagnostic) {
    let columns = [Self.hypothesis] + referenceNames + scoreNames
    var batch = RowBatch(columnCount: columns.count)
    for row in rows {
      batch.append(
        [row.hypothesis] + row.references + row.scores.map { Spelling.rounded($0, places: 6) },
        row.origin)
    }
    try work.commit(batch, under: columns, to: port)
  }
}
