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
    var text: String?
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
    let texts = try Self.texts(behind: stage, in: report, lines: rows.map(\.line))
    for (row, text) in (texts ?? [:]) { rows[row].text = text }
  }

  /// The loaded texts of rows, found through the origins of the table the rows went through.
  ///
  /// - Returns: nil when a table is gone, or its rows are not those that were scored.
  private static func texts(
    behind stage: ReportedStage, in report: PipelineReport, lines: [Int]
  ) throws(Diagnostic) -> [Int: String]? {
    var tables: [OutputReference] = []
    var source = stage.planned.inputs.first { $0.name == "from" }?.source
    while let reached = source {
      if reached.port.type == .table { tables.append(reached) }
      let inputs = report.stages[reached.stage].planned.inputs
      let same = inputs.first {
        $0.source.port.type == .table && $0.source.port.name == reached.port.name
      }
      source = (same ?? inputs.first { $0.source.port.type == .table })?.source
    }
    guard let nearest = tables.first, let loaded = tables.last,
      let scored = report.table(nearest), let table = report.table(loaded)
    else { return nil }
    var places: [Origin: [Int]] = [:]
    var count = 0
    var reader = try TableReader(
      try report.store.openInput(scored.digest), file: scored.port)
    while let batch = try reader.next() {
      for origin in batch.origins {
        guard count < lines.count, origin.line == lines[count] else { return nil }
        places[origin, default: []].append(count)
        count += 1
      }
    }
    var texts: [Int: String] = [:]
    var original = try TableReader(try report.store.openInput(table.digest), file: table.port)
    guard let column = original.columns.firstIndex(of: "text") else { return nil }
    while let batch = try original.next() {
      for row in 0..<batch.count {
        for place in places[batch.origins[row]] ?? [] { texts[place] = batch.text(row, column) }
      }
    }
    return texts
  }
}

extension PipelineReport {
  /// The recorded artifact behind a reference, if the store still has it.
  func table(_ reference: OutputReference) -> RecordedOutput? {
    stages[reference.stage].record?.output(reference.port.name)
      .flatMap { store.isIntact($0.digest) ? $0 : nil }
  }
}
