import Diagnostics
import Executors
import Formats
import Reports

/// The living jobs of a definition as `status` shows them.
extension LiveJobs {
  /// A line for each stage that is in a job, and what else is known of them; none where there is none.
  ///
  /// - Parameter file: the path of the definition, as it was given.
  func lines(of file: String) -> [String] {
    var lines: [String] = []
    if let jobs {
      let width = jobs.map(\.label.count).max() ?? 0
      lines += jobs.map { "\($0.label.padded(to: width))  \($0.text)" }
    } else {
      lines.append("jobs of Slurm may live, but squeue does not answer here")
    }
    lines += failures.map { failed in
      "\(([failed.stage] + failed.settings).joined(separator: " "))  failed: "
        + failed.problem.message.problem
    }
    lines += runs.map { run in
      "detached since \(run.since)"
        + (run.isLost == true
          ? ", but no job of it is left: `\(run.command.line)` goes on"
          : ": `millrace run \(file) --cancel` ends it")
    }
    return lines
  }

  /// As members of what `status --json` prints.
  var members: [JSONValue.Member] {
    [
      .init("jobs", jobs.map { .array($0.map(\.json)) } ?? .null),
      .init("detached-since", runs.first.map { .string($0.since) } ?? .null),
      .init(
        "lost-runs", .array(runs.filter { $0.isLost == true }.map { .string($0.command.line) })),
      .init("failures", .array(failures.map(\.json))),
    ]
  }
}

extension FailedJob {
  fileprivate var json: JSONValue {
    [
      "stage": .string(stage), "settings": .array(settings.map { .string($0) }),
      "problem": .string("\(problem)"),
    ]
  }
}

extension LiveJob {
  fileprivate var label: String { ([stage] + settings).joined(separator: " ") }

  /// `running on n2 since 2026-11-29 10:12:00, job 43_5`.
  fileprivate var text: String {
    let place = isRunning ? node.map { " on \($0)" } ?? "" : ""
    let why = isRunning || reason == "None" ? "" : " (\(reason))"
    return "\(state)\(place) since \(since.replacing("T", with: " ")), job \(job)\(why)"
  }

  private var state: String { isRunning ? "running" : "waiting" }

  fileprivate var json: JSONValue {
    [
      "stage": .string(stage), "settings": .array(settings.map { .string($0) }),
      "state": .string(state), "job": .string(job), "node": node.map { .string($0) } ?? .null,
      "since": .string(since), "reason": .string(reason),
    ]
  }
}
