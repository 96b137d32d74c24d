import Artifacts
import Digests
import Files
import Pipelines

/// A stage that was ordered and has not ended: it waits to be submitted, or is in a job.
struct OrderedWork {
  /// A job that has the stage.
  struct Job: Hashable {
    /// `43_5`.
    let id: String
    let name: String
    let since: ContinuousClock.Instant
  }

  let order: StageOrder
  let end: @Sendable (StageEnding) -> Void
  let begun = ContinuousClock.now
  /// The moment it was ordered, in UTC, as records have theirs.
  let ordered = Clock.text()
  var resources: JobResources
  /// Nil while it waits to be submitted.
  var job: Job?
  /// The jobs that had it before, and got nowhere.
  var pastJobs: Set<String> = []
  var failedTries = 0
  /// How long there has been no trace of its job.
  var absence = JobAbsence()
  /// What its checkpoint was when it was submitted.
  var checkpoint = ""
  /// Whether its job has been seen to run.
  var hasStarted = false

  init(
    _ order: StageOrder, _ resources: JobResources, end: @escaping @Sendable (StageEnding) -> Void
  ) {
    self.order = order
    self.resources = resources
    self.end = end
  }

  var key: Digest { order.key.digest }
  var claim: Digest { order.stage.claim(on: order.key) }

  /// Is in a job from now on.
  mutating func enter(_ id: String, of name: String, checkpoint: String) {
    job = Job(id: id, name: name, since: .now)
    absence = JobAbsence()
    hasStarted = false
    self.checkpoint = checkpoint
  }

  /// Waits to be submitted again.
  mutating func leaveJob(isProgress: Bool) {
    if let job { pastJobs.insert(job.id) }
    job = nil
    if !isProgress { failedTries += 1 }
  }
}

extension ArtifactStore {
  /// A text that changes when a checkpoint does.
  func checkpointMark(of claim: Digest) -> String {
    checkpoint(of: claim).map { "\($0.name) \($0.byteCount) \($0.modified)" }
      .joined(separator: "\n")
  }
}
