import Artifacts
import Diagnostics
import Pipelines

/// Who the jobs are for, as the store has it.
extension JobWatch {
  /// The right to submit; nil while another process has it.
  ///
  /// - Throws: when the store cannot be written to.
  func takeTurn() throws(Diagnostic) -> SubmissionTurn? {
    if let detachment { return detachment.turn }
    return try SubmissionTurn(in: store)
  }

  /// Whether somebody took away, for good, what this process or run wants of jobs.
  var isDisowned: Bool {
    // Nobody can while a detached run is looked at: that takes the turn.
    guard detachment == nil, let owner else { return false }
    return !owner.text.isKept(in: store)
  }

  /// Keeps in the store which arrays this process waits for.
  func keepOwner() throws(Diagnostic) {
    guard detachment == nil, let first = ordered.values.first else { return }
    let arrays = Set(ordered.values.compactMap { $0.job?.name }).union(ownNames)
    if owner == nil {
      let text = JobOwner(waitingFor: first.order.definition.path)
      guard case .claimed(let claim) = try store.tryClaim(text.claim, holder: text.name) else {
        return
      }
      owner = (text, claim)
      for other in JobOwner.all(in: store) where other.definition == text.definition && other.isOver
      {
        other.remove(from: store)
      }
    }
    guard owner?.text.arrays != arrays else { return }
    owner?.text.arrays = arrays
    try owner?.text.write(to: store)
  }

  /// The names of the arrays that others wait for.
  var arraysOfOthers: Set<String> {
    let others = JobOwner.all(in: store).filter { other in
      other.name != owner?.text.name && other.isWaiting(in: store)
    }
    return others.reduce(into: []) { $0.formUnion($1.arrays) }
  }

  /// Whether there is nothing to be done but to wait for jobs that live.
  var isUnderWay: Bool {
    let (inJobs, waiting) = (ordered.values.filter { $0.job != nil }, roomInJobs > 0 ? waiting : [])
    return waiting.isEmpty
      && inJobs.allSatisfy { work in
        guard let job = work.job else { return false }
        return ownNames.contains(job.name) || queue.row(of: job)?.isLive == true
      }
  }

  /// Leaves all stages to their jobs.
  func letGo() {
    detachment?.note(ordered.mapValues { JobAttempt($0) }, hasSubmitted: !ownNames.isEmpty)
    for work in ordered.values { work.end(.stopped(seconds: 0)) }
    ordered = [:]
  }
}
