import Artifacts
import Diagnostics
import Pipelines

/// The section of the stages: a drawing of the graph, and a table of their results.
///
/// Of more stages than anybody can read in a drawing there is the table alone, folded.
struct StagesSection {
  private static let mostDrawn = 300

  private let report: PipelineReport

  init(_ report: PipelineReport) { self.report = report }

  var section: Page.Section {
    Page.Section(
      id: "stages", "Stages",
      report.stages.count > Self.mostDrawn ? folded : [.kept([.beside([figure, table.markup])])])
  }

  private var figure: Markup {
    let drawing = GraphDrawing(report.definition.name, report.stages, isSmall: true).drawing
    return .figure(
      drawing, "Solid boxes are up to date, dashed ones would run. Bars show the time.")
  }

  private var folded: [Markup] {
    let count = Spelling.count(report.stages.count, "stage")
    return [
      .note("\(count) are too many for a drawing; millrace graph draws them all."),
      .details(["All \(count)"], [table.markup]),
    ]
  }

  private var table: PageTable {
    var table = PageTable(
      "stages", [.text("stage"), .text("state"), .text("result"), .number("time")])
    for stage in report.stages {
      table.append([
        .text(stage.planned.caption), .text(stage.state.words),
        .text(stage.record?.summary ?? "no result yet"),
        PageTable.Cell(stage.record.map { .duration($0.seconds) } ?? ""),
      ])
    }
    return table
  }
}
