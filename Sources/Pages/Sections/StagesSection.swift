import Artifacts
import Pipelines

/// The section of the stages: a drawing of the graph, and a table of their results.
struct StagesSection {
  private let report: PipelineReport

  init(_ report: PipelineReport) { self.report = report }

  var section: Page.Section {
    let drawing = GraphDrawing(report.definition.name, report.stages, isSmall: true).drawing
    return Page.Section(
      id: "stages", "Stages",
      [
        .kept([
          .beside([
            .figure(
              drawing, "Solid boxes are up to date, dashed ones would run. Bars show the time."),
            table.markup,
          ])
        ])
      ])
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
