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
      .text("definition"), .name("stage"), .number("results"), .number("size"),
      .number("to make again"),
    ])
    for line in usage.lines {
      table.append([
        line.definition.map { RelativePath.of($0, from: "") } ?? "of no run on record",
        line.stage, Spelling.count(line.results), Spelling.bytes(line.byteCount),
        Spelling.duration(line.seconds),
      ])
    }
    let size = usage.lines.reduce(0) { $0 + $1.byteCount }
    return table.lines(width: width) + ["", "\(Spelling.bytes(size)) in all"]
  }

  var json: JSONValue {
    [
      "stages": .array(
        usage.lines.map { line in
          [
            "definition": line.definition.map { .string($0) } ?? .null,
            "stage": .string(line.stage), "results": .integer(line.results),
            "bytes": .integer(line.byteCount), "seconds": .milliseconds(of: line.seconds),
          ]
        })
    ]
  }
}
