import Chains
import Diagnostics
import Files
import Pipelines
import Text

/// How well a translator expected each translation it was scored on: the table `predictions`.
package struct PairLosses: EvaluationTable {
  /// One pair.
  package struct Row: EvaluatedRow {
    package let origin: Origin
    /// The translation that was given, as text.
    package let target: String
    package let tokenCount: Int
    /// By token, in natural logarithms: with the model's label smoothing, and without.
    package let loss: Double
    package let negativeLogLikelihood: Double
    package let perplexity: Double
  }

  static let columns = ["target", "tokens", "loss", "nll", "perplexity"]

  package internal(set) var rows: [Row] = []

  init() {}

  init?(_ reader: inout TableReader<InputFile>) throws(Diagnostic) {
    guard reader.columns == Self.columns else { return nil }
    while let batch = try reader.next() {
      for row in 0..<batch.count {
        func number(_ column: Int) -> Double { Double(batch.text(row, column)) ?? .nan }
        rows.append(
          Row(
            origin: batch.origins[row], target: batch.text(row, 0),
            tokenCount: Int(batch.text(row, 1)) ?? 0, loss: number(2),
            negativeLogLikelihood: number(3), perplexity: number(4)))
      }
    }
  }

  func write(to port: Port, in work: StageWork) throws(Diagnostic) {
    var batch = RowBatch(columnCount: Self.columns.count)
    for row in rows {
      let numbers = [row.loss, row.negativeLogLikelihood, row.perplexity]
      batch.append(
        [row.target, "\(row.tokenCount)"] + numbers.map { Spelling.rounded($0, places: 6) },
        row.origin)
    }
    try work.commit(batch, under: Self.columns, to: port)
  }
}
