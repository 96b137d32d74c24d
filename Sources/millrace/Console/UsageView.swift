import Diagnostics
import Formats
import Pipelines
import Reports

/// What each stage takes of a store, as text and as JSON.
struct UsageView {
  private let usage: StoreUsage

  init(_ usage: StoreUsage) { self.usage = usage }

  func text(width: Int) -> [String] {
    guard !usage.lines.isEmpty else { return ["the store has no results"] }
    var table = TextTable([
      .path("definition"), .name("stage"), .number("results"), .number("size"),
      .number("to make again"),
    ])
    let definitions = usage.lines.map { line in
      DefinitionCell(
        line.definition, others: line.otherDefinitions, unknown: "of no run on record")
    }
    for (line, definition) in zip(usage.lines, definitions) {
      table.append([
        definition.text, line.stage, Spelling.count(line.results), Spelling.bytes(line.byteCount),
        Spelling.duration(line.seconds),
      ])
    }
    let size = usage.lines.reduce(0) { $0 + $1.byteCount }
    let legend = definitions.contains(where: \.isShared) ? [DefinitionCell.legend] : []
    return table.lines(width: width) + ["", "\(Spelling.bytes(size)) in all"] + legend
  }

  var json: JSONValue {
    [
      "stages": .array(
        usage.lines.map { line in
          [
            "definition": line.definition.map { .string($0) } ?? .null,
            "other-definitions": .array(line.otherDefinitions.map { .string($0) }),
            "stage": .string(line.stage), "results": .integer(line.results),
            "bytes": .integer(line.byteCount), "seconds": .milliseconds(of: line.seconds),
          ]
        })
    ]
  }
}
