import Diagnostics
import Formats
import Pipelines

/// What is known of the work on a stage in jobs, from one look at a detached run to the next.
package struct JobAttempt: Sendable {
  /// The job that has the stage, by its id and its name; nil when it is in none.
  var job: (id: String, name: String)?
  /// The jobs that had it before, and got nowhere.
  var pastJobs: [String] = []
  package var failedTries = 0
  var memory = 0
  /// The seconds that its job may take; 0 where the partition decides.
  var time = 0.0
  var excludedNodes: [String] = []
  /// What its checkpoint was when it was submitted.
  var checkpoint = ""
  /// Why it is not submitted any more.
  var failure: Diagnostic?

  init(failure: Diagnostic) { self.failure = failure }

  init(_ work: OrderedWork) {
    job = work.job.map { ($0.id, $0.name) }
    pastJobs = work.pastJobs.sorted()
    failedTries = work.failedTries
    memory = work.resources.memory
    time = work.resources.time ?? 0
    excludedNodes = work.resources.excludedNodes
    checkpoint = work.checkpoint
  }

  package init(_ json: JSONValue) {
    if let id = json["job"]?.stringValue, let name = json["name"]?.stringValue { job = (id, name) }
    pastJobs = json["past-jobs"]?.arrayValue?.compactMap(\.stringValue) ?? []
    failedTries = json["failed-tries"]?.intValue ?? 0
    memory = json["memory"]?.intValue ?? 0
    time = json["time"]?.doubleValue ?? 0
    excludedNodes = json["excluded-nodes"]?.arrayValue?.compactMap(\.stringValue) ?? []
    checkpoint = json["checkpoint"]?.stringValue ?? ""
    failure = json["failure"].flatMap { Diagnostic($0) }
  }

  var json: JSONValue {
    [
      "job": job.map { .string($0.id) } ?? .null, "name": job.map { .string($0.name) } ?? .null,
      "past-jobs": .array(pastJobs.map { .string($0) }), "failed-tries": .integer(failedTries),
      "memory": .integer(memory), "time": .number(time),
      "excluded-nodes": .array(excludedNodes.map { .string($0) }),
      "checkpoint": .string(checkpoint), "failure": failure?.order ?? .null,
    ]
  }
}

extension OrderedWork {
  /// Goes on where an earlier look left off.
  mutating func goOn(from attempt: JobAttempt) {
    pastJobs = Set(attempt.pastJobs)
    failedTries = attempt.failedTries
    resources.memory = max(resources.memory, attempt.memory)
    resources.time = resources.time.map { max($0, attempt.time) }
    resources.excludedNodes = attempt.excludedNodes
    if let (id, name) = attempt.job { enter(id, of: name, checkpoint: attempt.checkpoint) }
  }
}
