import Artifacts
import Diagnostics
import Digests
import Formats
import Pipelines
import Reports

/// A past run for `show RUN`: its stages, how each ended, and how long it took.
struct ShownRun {
  private struct Stage {
    let name: String
    let state: String
    let key: Digest?
    let record: Record?
    let problem: String?
    let seconds: Double?
  }

  private let run: PastRun
  private let definition: String
  /// The settings that overrode the definition's: `train.epochs=4`.
  private let settings: [String]
  private let stages: [Stage]
  private let finished: JSONValue?

  init(_ run: PastRun, in store: ArtifactStore) throws(Diagnostic) {
    let events = try run.events
    self.run = run
    definition = events.first?["definition"]?.stringValue ?? "?"
    settings = events.first?["settings"]?.arrayValue?.compactMap(\.stringValue) ?? []
    finished = events.first { $0["event"]?.stringValue == "finished" }
    var stages: [Stage] = []
    for event in events where event["event"]?.stringValue == "stage" {
      guard let name = event["stage"]?.stringValue else { continue }
      let key = event["key"]?.stringValue.flatMap { Digest(hex: $0) }
      stages.append(
        Stage(
          name: name, state: event["state"]?.stringValue ?? "?", key: key,
          record: try key.flatMap { (key) throws(Diagnostic) in try store.storedRecord(key) },
          problem: event["problem"]?.stringValue
            ?? event["blocked-by"]?.stringValue.map { "needs \($0)" },
          seconds: event["seconds"]?.doubleValue))
    }
    self.stages = stages
  }

  /// A line for each stage.
  var table: TextTable {
    var table = TextTable([
      .name("stage"), .name("state"), .name("key"), .number("time"), .text("result"),
    ])
    for stage in stages {
      table.append([
        stage.name, stage.state, stage.key?.short ?? "",
        stage.state == "ran" ? stage.seconds.map(Spelling.duration) ?? "" : "",
        stage.record?.summary ?? firstLine(of: stage.problem)
          ?? (stage.key == nil ? "" : "no longer in the store"),
      ])
    }
    return table
  }

  func text(width: Int) -> [String] {
    let options = settings.map { "--set \(ShellWord.quoted($0))" }.joined(separator: " ")
    return ["run \(run.name) of \(definition), \(run.when)"]
      + (options.isEmpty ? [] : "with \(options)".wrapped(to: width)) + [""]
      + table.lines(width: width) + ["", closing]
  }

  private func firstLine(of problem: String?) -> String? {
    problem.flatMap { $0.split(separator: "\n").first }.map(String.init)
  }

  private var closing: String {
    guard let finished else { return "it did not come to its end: it is under way, or was killed" }
    func count(_ name: String) -> Int { finished[name]?.intValue ?? 0 }
    let parts = ["ran", "cached", "failed", "stopped"].filter { count($0) > 0 }
      .map { "\(count($0)) \($0)" }
    let seconds = finished["seconds"]?.doubleValue ?? 0
    return (parts + [Spelling.duration(seconds)]).joined(separator: ", ")
  }

  var json: JSONValue {
    let list = stages.map { stage in
      let outputs = (stage.record?.outputs ?? []).map { output in
        JSONValue.Member(output.port, .object(output.members))
      }
      return [
        "name": .string(stage.name), "state": .string(stage.state),
        "key": stage.key.map { .string("\($0)") } ?? .null,
        "problem": stage.problem.map { .string($0) } ?? .null,
        "seconds": stage.seconds.map { .number($0) } ?? .null, "outputs": .object(outputs),
      ] as JSONValue
    }
    return [
      "run": .string(run.name), "when": .string(run.when), "definition": .string(definition),
      "settings": .array(settings.map { .string($0) }), "stages": .array(list),
      "finished": finished ?? .null,
    ]
  }
}
