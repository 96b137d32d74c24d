import Artifacts
import Chains
import Diagnostics
import Formats
import Pipelines
import Reports
import Views

/// A trained model: its size, how far it was solved, and what its kind tells of it.
struct ModelFigures {
  private let stage: ReportedStage
  private let json: JSONValue
  private let tables: [ShownTable]

  /// Nil for a stage that has no model.
  init?(_ stage: ReportedStage, of report: PipelineReport) throws(Diagnostic) {
    guard let output = stage.output(.model), let record = stage.record else { return nil }
    let view = try ArtifactViews.view(
      of: ShownArtifact(output, of: record, by: stage.planned.stage, in: report.store))
    self.stage = stage
    json = view.json
    tables = view.tables
  }

  /// Its layers, n-grams and the like, folded.
  var details: [Markup] {
    tables.map { table in .details([.text(table.title)], [PageTable(table).markup]) }
  }

  /// The name of its kind.
  var kind: String? { json["architecture"]?["model"]?.stringValue }

  var facts: [(name: String, value: Markup)] {
    var facts: [(name: String, value: Markup)] = []
    for (name, label) in [
      ("parameters", "parameters"), ("iterations", "iterations of its solver"),
      ("objective", "objective where it ended"), ("gradient-norm", "norm of the gradient there"),
    ] {
      guard let value = json[name] ?? stage.facts[name] else { continue }
      if let count = value.intValue {
        facts.append((label, .count(count)))
      } else if let number = value.doubleValue {
        facts.append((label, .number(number, Spelling.measure(number))))
      }
    }
    return facts
  }
}

extension PageTable {
  /// A table of a terminal.
  fileprivate init(_ shown: ShownTable) {
    let table = shown.table
    self.init(
      shown.title, table.titles.map { $0.isNumber ? .number($0.title) : .text($0.title) })
    for row in table.printableCells { append(row.map { .text($0) }) }
  }
}
