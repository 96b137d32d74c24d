import Artifacts
import Diagnostics
import Formats

extension RunJournal {
  /// An event of a run, as its journal records it.
  enum Event {
    case started(RunSubject, RunRequest)
    case ended(StageReport)
    case finished(RunReport)
  }

  func append(_ events: [Event]) throws(Diagnostic) { try append(events.map(\.json)) }
}

extension RunJournal.Event {
  fileprivate var json: JSONValue {
    switch self {
    case .started(let subject, let request):
      .object(
        [
          .init("event", "started"), .init("pipeline", .string(subject.pipeline)),
          .init("definition", .string(subject.definition)),
          .init("path", .string(DefinitionRoot.canonical(subject.definition))),
          .init("settings", .array(subject.settings.map { .string($0) })),
        ] + (subject.sweep.map { [.init("sweep", .string($0))] } ?? []) + request.members)
    case .ended(let report): report.journalEntry
    case .finished(let report): report.json
    }
  }
}

extension StageReport {
  /// The stage's report as one line of JSON, as `run --json` and the journal have it.
  package var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("event", "stage"), .init("stage", .string(stage)),
      .init("state", .string(outcome.name)),
    ]
    if let keyDigest { members.append(.init("key", .string("\(keyDigest)"))) }
    switch outcome {
    case .cached(let reason?): members.append(.init("reason", .string(reason)))
    case .failed(let problem): members.append(.init("problem", .string("\(problem)")))
    case .blocked(let blocker): members.append(.init("blocked-by", .string(blocker)))
    case .cached, .ran, .stopped: break
    }
    if let record {
      let outputs = record.outputs.map { output in
        JSONValue.Member(output.port, .string("\(output.digest)"))
      }
      members.append(.init("outputs", .object(outputs)))
    }
    if !summary.isEmpty { members.append(.init("summary", .string(summary))) }
    if let rows = computedRows {
      members.append(.init("rows-computed", .integer(rows.computed)))
      members.append(.init("rows-read", .integer(rows.read)))
    }
    members.append(.init("seconds", .milliseconds(of: seconds)))
    return .object(members)
  }
}

extension StageReport {
  /// The report for the journal; of a cached stage it leaves out what its record says.
  fileprivate var journalEntry: JSONValue {
    guard case .cached = outcome, let keyDigest else { return json }
    return [
      "event": "stage", "stage": .string(stage), "state": .string(outcome.name),
      "key": .string("\(keyDigest)"),
    ]
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
    [
      "event": "finished", "ran": .integer(ran), "cached": .integer(cached),
      "failed": .integer(failed), "stopped": .integer(stopped),
      "seconds": .milliseconds(of: seconds), "saved-seconds": .milliseconds(of: savedSeconds),
    ]
  }
}

extension JSONValue {
  /// Seconds, rounded to milliseconds.
  package static func milliseconds(of seconds: Double) -> JSONValue {
    .number((seconds * 1000).rounded() / 1000)
  }
}
