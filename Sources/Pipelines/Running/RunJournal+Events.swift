import Artifacts

extension RunJournal {
  /// What a journal tells of a run.
  enum Event {
    case started(Plan)
    case ended(StageReport)
    case finished(RunReport)
  }

  func append(_ event: Event) {
    switch event {
    case .started(let plan):
      append(
        .object([
          ("event", "started"), ("pipeline", .string(plan.definition.name)),
          ("definition", .string(plan.definition.path)),
        ]))
    case .ended(let report): append(report.json)
    case .finished(let report): append(report.json)
    }
  }
}

extension StageReport {
  /// One line of JSON on the stage, as `run --json` and the journal give it.
  package var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("event", "stage"), ("stage", .string(stage)), ("state", .string(outcome.name)),
    ]
    if let key { members.append(("key", .string("\(key.digest)"))) }
    switch outcome {
    case .cached(let reason?): members.append(("reason", .string(reason)))
    case .failed(let problem): members.append(("problem", .string("\(problem)")))
    case .blocked(let blocker): members.append(("blocked-by", .string(blocker)))
    case .cached, .ran, .stopped: break
    }
    if let record {
      let outputs = record.outputs.map { ($0.port, JSONValue.string("\($0.digest)")) }
      members.append(("outputs", .object(outputs)))
    }
    if !summary.isEmpty { members.append(("summary", .string(summary))) }
    members.append(("seconds", .milliseconds(of: seconds)))
    return .object(members)
  }
}

extension StageReport.Outcome {
  package var name: String {
    switch self {
    case .cached: "cached"
    case .ran: "ran"
    case .failed: "failed"
    case .blocked: "blocked"
    case .stopped: "stopped"
    }
  }
}

extension RunReport {
  /// The last line of `run --json`.
  package var json: JSONValue {
    .object([
      ("event", "finished"), ("ran", .integer(Int64(ran))), ("cached", .integer(Int64(cached))),
      ("failed", .integer(Int64(failed))), ("stopped", .integer(Int64(stopped))),
      ("seconds", .milliseconds(of: seconds)), ("saved-seconds", .milliseconds(of: savedSeconds)),
    ])
  }
}

extension JSONValue {
  /// Seconds, rounded to milliseconds.
  package static func milliseconds(of seconds: Double) -> JSONValue {
    .double((seconds * 1000).rounded() / 1000)
  }
}
