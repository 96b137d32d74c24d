import Artifacts
import Diagnostics
import Pipelines
import Text

/// What rows that were scored said when they were loaded, before any stage changed them.
struct LoadedTexts {
  /// By the place of the row among those that were scored.
  private let texts: [Int: String]

  /// The text of a row; nil when it cannot be found again.
  subscript(place: Int) -> String? { texts[place] }

  /// Finds the texts through the origins of the table that the rows went through.
  ///
  /// None are found when a table is gone, its rows are not those that were scored, or it has no such
  /// column.
  ///
  /// - Parameter lines: of the rows that were scored, in their order.
  init(
    ofColumn name: String, behind stage: ReportedStage, in report: PipelineReport, lines: [Int]
  ) throws(Diagnostic) {
    let tables = Self.tables(behind: stage, in: report)
    guard let nearest = try tables.first.flatMap(report.table),
      let loaded = try tables.last.flatMap(report.table),
      let places = try Self.places(in: nearest, of: report, lines: lines)
    else {
      texts = [:]
      return
    }
    var texts: [Int: String] = [:]
    var original = try TableReader(try report.store.openInput(loaded.digest), file: loaded.port)
    if let column = original.columns.firstIndex(of: name) {
      while let batch = try original.next() {
        for row in 0..<batch.count {
          for place in places[batch.origins[row]] ?? [] { texts[place] = batch.text(row, column) }
        }
      }
    }
    self.texts = texts
  }

  /// The tables from the one that was scored back to the one that was loaded.
  private static func tables(
    behind stage: ReportedStage, in report: PipelineReport
  ) -> [OutputReference] {
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
    return tables
  }

  /// Which of the rows that were scored come from each origin; nil when the table has other rows.
  private static func places(
    in table: RecordedOutput, of report: PipelineReport, lines: [Int]
  ) throws(Diagnostic) -> [Origin: [Int]]? {
    var places: [Origin: [Int]] = [:]
    var count = 0
    var reader = try TableReader(try report.store.openInput(table.digest), file: table.port)
    while let batch = try reader.next() {
      for origin in batch.origins {
        guard count < lines.count, origin.line == lines[count] else { return nil }
        places[origin, default: []].append(count)
        count += 1
      }
    }
    return places
  }
}
