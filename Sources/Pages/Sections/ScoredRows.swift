import Artifacts
import Diagnostics
import Pipelines
import Text

/// The rows that a model was scored on: what it said of each, and the text as it was loaded.
struct ScoredRows {
  /// One row.
  struct Row {
    let line: Int
    let label: String
    let predicted: String
    let probability: Double
    /// As it was loaded; nil when it cannot be found again.
    var loaded: LoadedTexts.Loaded?
  }

  private(set) var rows: [Row] = []

  /// - Parameter output: the table of predictions.
  init(
    _ output: RecordedOutput, of stage: ReportedStage, in report: PipelineReport
  ) throws(Diagnostic) {
    var reader = try TableReader(try report.store.openInput(output.digest), file: output.port)
    while let batch = try reader.next() {
      guard batch.columnCount == 3 else { return }
      for row in 0..<batch.count {
        rows.append(
          Row(
            line: batch.origins[row].line, label: batch.text(row, 0), predicted: batch.text(row, 1),
            probability: Double(batch.text(row, 2)) ?? 0))
      }
    }
    let texts = try LoadedTexts(
      ofColumn: "text", behind: output, of: stage, rowCount: rows.count, in: report)
    for row in rows.indices { rows[row].loaded = texts[row] }
  }
}

extension PipelineReport {
  /// The recorded artifact behind a reference, if the store still has it.
  package func table(_ reference: OutputReference) throws(Diagnostic) -> RecordedOutput? {
    guard let output = stages[reference.stage].record?.output(reference.port.name),
      try store.isIntact(output.digest)
    else { return nil }
    return output
  }
}
