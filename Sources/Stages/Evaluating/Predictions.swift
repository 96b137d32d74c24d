import Chains
import Diagnostics
import Files
import Pipelines
import Text

/// What a classifier said of each row that it was scored on: the table `predictions`.
package struct Predictions: EvaluationTable {
  /// One row.
  package struct Row: EvaluatedRow {
    package let origin: Origin
    /// The true class.
    package let label: String
    package let predicted: String
    /// That of the predicted class, with six decimals.
    package let probability: Double
  }

  /// The output of `evaluate` that holds it.
  package static let portName = EvaluatedRows.predictionsPort.name

  static let columns = ["label", "predicted", "probability"]

  package internal(set) var rows: [Row] = []

  init() {}

  init?(_ reader: inout TableReader<InputFile>) throws(Diagnostic) {
    guard reader.columns == Self.columns else { return nil }
    while let batch = try reader.next() {
      for row in 0..<batch.count {
        rows.append(
          Row(
            origin: batch.origins[row], label: batch.text(row, 0), predicted: batch.text(row, 1),
            probability: Double(batch.text(row, 2)) ?? 0))
      }
    }
  }

  func write(to port: Port, in work: StageWork) throws(Diagnostic) {
    var batch = RowBatch(columnCount: Self.columns.count)
    for row in rows {
      batch.append(
        [row.label, row.predicted, Spelling.rounded(row.probability, places: 6)], row.origin)
    }
    try work.commit(batch, under: Self.columns, to: port)
  }
}
