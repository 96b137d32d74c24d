import Chains
import Diagnostics
import Formats

/// Scores that are neither a classifier's nor of translations, each by its name.
struct PlainScoresSection {
  private let stage: ReportedStage
  private let scores: JSONValue

  /// Nil for a stage without scores.
  init?(_ stage: ReportedStage, of report: PipelineReport) throws(Diagnostic) {
    guard let output = stage.output(.scores) else { return nil }
    self.stage = stage
    scores = try stage.json(output, in: report.store)
  }

  var section: Page.Section {
    var table = PageTable("scores", [.text("score"), .number("value")])
    for member in scores.objectValue ?? [] {
      switch member.value {
      case .number(let value):
        table.append([
          .text(member.name), PageTable.Cell(.number(value, Spelling.measure(value))),
        ])
      case .integer(let count):
        table.append([.text(member.name), PageTable.Cell(.count(Int(count)))])
      default: continue
      }
    }
    return Page.Section(
      id: "scores-\(stage.name)", "Scores: \(stage.name)", [table.markup])
  }
}
