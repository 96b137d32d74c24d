import Artifacts
import Diagnostics
import Pipelines
import Stages
import Text
import Views

/// The rows that a classifier was scored on: what it said of each, and the text as it was loaded.
struct ScoredRows {
  /// One row.
  struct Row {
    let said: Predictions.Row
    /// As it was loaded; nil when it cannot be found again.
    let loaded: LoadedTexts.Loaded?

    var line: Int { said.origin.line }
  }

  let rows: [Row]

  /// Nil when the stage kept no predictions.
  init?(of stage: ReportedStage, in report: PipelineReport) throws(Diagnostic) {
    guard let (output, table) = try stage.evaluatedRows(in: report.store),
      case .predictions(let predictions) = table
    else { return nil }
    let texts = try report.texts(
      ofColumn: "text", rowCount: predictions.rows.count, in: output, of: stage)
    rows = predictions.rows.enumerated().map { Row(said: $1, loaded: texts[$0]) }
  }
}

extension ReportedStage {
  /// The table of the rows that it scored, and the rows; nil when they are gone.
  func evaluatedRows(
    in store: ArtifactStore
  ) throws(Diagnostic) -> (output: RecordedOutput, rows: EvaluatedRows)? {
    guard let record, let output = EvaluatedRows.output(of: record),
      let rows = try EvaluatedRows(of: record, in: store)
    else { return nil }
    return (output, rows)
  }
}

extension PipelineReport {
  /// The texts of the rows of a stage's output as they were loaded.
  func texts(
    ofColumn name: String, rowCount: Int, in output: RecordedOutput, of stage: ReportedStage
  ) throws(Diagnostic) -> LoadedTexts {
    try LoadedTexts(
      ofColumn: name, rows: Array(0..<rowCount),
      in: RowPath.Node(stage: stage.planned.index, port: output.port), on: path)
  }

  /// The recorded artifact behind a reference, if the store still has it.
  package func table(_ reference: OutputReference) throws(Diagnostic) -> RecordedOutput? {
    guard let output = stages[reference.stage].record?.output(reference.port.name),
      try store.isIntact(output.digest)
    else { return nil }
    return output
  }
}
