import Chains
import Diagnostics
import Formats
import Reports

/// A vocabulary: what its entries cover, and what it does not know of each part.
struct VocabularyFigures {
  private let stage: ReportedStage
  private let json: JSONValue

  /// Nil for a stage that gives no vocabulary.
  init?(_ stage: ReportedStage, of report: PipelineReport) throws(Diagnostic) {
    guard let output = stage.output(.vocabulary) else { return nil }
    self.stage = stage
    json = try stage.json(output, in: report.store)
  }

  var markup: Markup {
    .tag(
      .div, [:],
      [
        .heading("Vocabulary: \(stage.name)"),
        .paragraph(
          .count(json["entries"]?.intValue ?? 0), " entries stand for ",
          .count(json["tokens"]?.intValue ?? 0, "token"), "; the rarest are counted ",
          .count(json["rarest-count"]?.intValue ?? 0, "time"), ". Most frequent: ",
          .tag(.code, [:], frequent)),
        .beside([coverage.markup] + (unknown.isEmpty ? [] : [unknown.markup])),
      ])
  }

  private var frequent: String {
    (json["most-frequent"]?.arrayValue ?? []).compactMap { $0["token"]?.stringValue?.printable }
      .joined(separator: " ")
  }

  private var coverage: PageTable {
    var table = PageTable(
      "coverage by \(stage.name)", [.text("entries"), .number("cover of all tokens")])
    for step in json["coverage"]?.objectValue ?? [] {
      let share = step.value.doubleValue ?? 0
      table.append([
        .text("the top \(Int(step.name).map(Spelling.count) ?? step.name)"),
        PageTable.Cell(.number(share, Spelling.percent(share)), share: share),
      ])
    }
    return table
  }

  private var unknown: PageTable {
    var table = PageTable(
      "unknown tokens of \(stage.name)",
      [
        .text("part"), .number("tokens"), .number("unknown"), .number("different tokens"),
        .number("unknown ones"),
      ])
    for part in json["unknown"]?.objectValue ?? [] {
      table.append(
        [.text(part.name)]
          + ["tokens", "unknown-tokens", "types", "unknown-types"].map {
            PageTable.Cell(.count(part.value[$0]?.intValue ?? 0))
          })
    }
    return table
  }
}
