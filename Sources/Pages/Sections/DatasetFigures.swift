import Artifacts
import Chains
import Diagnostics
import Formats
import Pipelines

/// Datasets: rows, lengths, padding and unknown tokens, part by part.
struct DatasetFigures {
  private var table = PageTable(
    "datasets",
    [
      .text("dataset"), .text("column"), .number("rows"), .number("tokens"), .number("padding"),
      .number("unknown"), .number("least"), .number("median"), .number("most"),
    ])
  private var truncated: [Markup] = []

  init(_ report: PipelineReport) throws(Diagnostic) {
    for stage in report.stages {
      for output in stage.record?.outputs ?? [] where output.content == .dataset {
        add(try stage.json(output, in: report.store), named: "\(stage.name).\(output.port)")
      }
      if let length = stage.facts["length"]?.intValue,
        let count = stage.facts["truncated"]?.intValue
      {
        truncated.append(
          .note(
            "\(stage.name) brought rows to ", .count(length, "token"), " and cut ",
            .count(count, "row"), "."))
      }
    }
  }

  private mutating func add(_ dataset: JSONValue, named name: String) {
    for column in dataset["columns"]?.arrayValue ?? [] {
      let lengths = column["lengths"] ?? .null
      let padding = column["padding-share"]?.doubleValue ?? 0
      func count(_ value: JSONValue?) -> PageTable.Cell {
        PageTable.Cell(value?.intValue.map { .count($0) } ?? "?")
      }
      table.append([
        .text(name), .text(column["name"]?.stringValue ?? ""), count(dataset["rows"]),
        count(lengths["total"]), PageTable.Cell(.number(padding, Spelling.percent(padding))),
        count(column["unknown"]), count(lengths["least"]), count(lengths["median"]),
        count(lengths["most"]),
      ])
    }
  }

  var markup: [Markup] {
    table.isEmpty ? [] : [.heading("Datasets"), table.markup] + truncated
  }
}
