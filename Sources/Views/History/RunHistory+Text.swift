import Artifacts
import Diagnostics
import Formats
import Metrics
import Pipelines
import Reports

extension RunHistory {
  /// A table with a line a run, and below it what changed, for a terminal.
  package func text(width: Int) -> [String] {
    guard !entries.isEmpty else { return ["no run has left a journal in this store"] }
    let lines = table { $0.hasSuffix(Self.ending) ? String($0.dropLast(Self.ending.count)) : $0 }
      .lines(width: width)
    let rows = zip(entries, lines.dropFirst(Self.headingCount)).flatMap { entry, line in
      [line] + entry.changeLines(width: width - 4).map { "    \($0)" }
    }
    // Columns that find no room.
    let rest = lines.dropFirst(Self.headingCount + entries.count)
    let older =
      olderCount == 0 ? [] : ["", "and \(olderCount) older: --last \(olderCount + entries.count)"]
    return lines.prefix(Self.headingCount) + rows + rest + older
  }

  /// What all definitions' names end in, which a narrow terminal has no room for.
  private static let ending = ".toml"

  /// The lines of the table above its rows: the titles and a rule.
  private static let headingCount = 2

  package var tables: [ShownTable] { [ShownTable("runs", table { $0 })] }

  /// - Parameter spelled: the path of a definition as the table has it.
  private func table(_ spelled: (String) -> String) -> TextTable {
    let hasNames = entries.contains { $0.name != nil }
    var table = TextTable(
      [.name("run")] + (hasNames ? [.text("name")] : []) + [
        .path("definition"), .text("outcome"), .name("score"), .number("time"),
      ])
    for entry in entries {
      let name = hasNames ? [entry.name ?? ""] : []
      table.append(
        [entry.id] + name + [
          spelled(entry.definition), entry.ending.words, entry.score,
          entry.ending.isKnown ? Spelling.duration(entry.ending.seconds) : "",
        ])
    }
    return table
  }

  package var json: JSONValue {
    ["runs": .array(entries.map(\.json)), "older": .integer(olderCount)]
  }
}

extension RunHistory.Entry {
  /// The first score of the last stage that scored; empty where none did.
  fileprivate var score: String {
    scores.last.map { score in
      "\(score.metric.name) \(Spelling.fixed(score.value, places: score.metric.places))"
    } ?? ""
  }

  /// None where nothing changed, and for the first run of a definition.
  fileprivate func changeLines(width: Int) -> [String] {
    let mean = scores.isEmpty ? "" : "; its score is the mean over its runs"
    let words =
      sweep.map { "sweep \($0)\(mean)" } ?? changes?.map(\.words).joined(separator: "; ") ?? ""
    return words.isEmpty ? [] : words.wrapped(to: width)
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
