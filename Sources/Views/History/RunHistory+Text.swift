import Artifacts
import Diagnostics
import Formats
import Metrics
import Pipelines
import Reports

extension RunHistory {
  /// A table with a line a run, for a terminal.
  package func text(width: Int) -> [String] {
    guard !entries.isEmpty else { return ["no run has left a journal in this store"] }
    let hasNames = entries.contains { $0.name != nil }
    var table = TextTable(
      [.name("run")] + (hasNames ? [.text("name")] : []) + [
        .text("definition"), .text("outcome"), .name("score"), .number("time"), .text("changed"),
      ])
    for entry in entries {
      let name = hasNames ? [entry.name ?? ""] : []
      table.append(
        [entry.id] + name + [
          entry.definition, entry.ending.words,
          entry.scores.last.map {
            "\($0.metric.name) \(Spelling.fixed($0.value, places: $0.metric.places))"
          } ?? "",
          Spelling.duration(entry.ending.seconds), entry.change,
        ])
    }
    let older =
      olderCount == 0 ? [] : ["", "and \(olderCount) older: --last \(olderCount + entries.count)"]
    return table.lines(width: width) + older
  }

  package var json: JSONValue {
    ["runs": .array(entries.map(\.json)), "older": .integer(olderCount)]
  }
}

extension RunHistory.Entry {
  fileprivate var change: String {
    if let sweep { return "sweep \(sweep)" }
    return changes?.map(\.words).joined(separator: "; ") ?? ""
  }

  fileprivate var json: JSONValue {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    let changed = changes.map { changes in
      JSONValue.array(
        changes.map { change in
          [
            "stage": .string(change.stage), "option": text(change.option),
            "before": text(change.before), "after": text(change.after),
          ]
        })
    }
    let scored = scores.map { score in
      [
        "stage": .string(score.stage), "metric": .string(score.metric.name),
        "value": .number(score.value),
      ] as JSONValue
    }
    return [
      "run": .string(id), "when": .string(runs[0].when), "name": text(name),
      "definition": .string(definition), "sweep": text(sweep),
      "ran": .integer(ending.ran), "cached": .integer(ending.cached),
      "stopped": .integer(ending.stopped), "failed": .array(ending.failed.map { .string($0) }),
      "ended": .bool(ending.isKnown), "seconds": .milliseconds(of: ending.seconds),
      "scores": .array(scored), "changes": changed ?? .null,
    ]
  }
}
