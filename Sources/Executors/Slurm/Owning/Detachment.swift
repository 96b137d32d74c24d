import Artifacts
import Diagnostics
import Digests
import Pipelines
import Synchronization

/// One look at a detached run: what can begin is submitted, and nothing is waited for.
///
/// While it lives, no other process submits jobs for the store.
package final class Detachment: Sendable {
  /// What is found out during the look.
  private struct Findings {
    var owner: JobOwner
    /// The ids of the jobs that have a stage of the run.
    var jobs: Set<String> = []
    /// Whether it has submitted anything.
    var hasSubmitted = false
  }

  private let store: ArtifactStore
  let turn: SubmissionTurn
  private let findings: Mutex<Findings>
  package let name: String
  /// What the run was asked for by.
  package let command: DetachedCommand

  private init(
    _ owner: JobOwner, _ command: DetachedCommand, in store: ArtifactStore, _ turn: SubmissionTurn
  ) {
    self.store = store
    self.turn = turn
    self.command = command
    name = owner.name
    findings = Mutex(Findings(owner: owner))
  }

  /// A run that is detached now.
  ///
  /// - Parameters:
  ///   - definition: the path of its definition, as it was given.
  ///   - isWanted: asked, while another process submits, whether to wait for that.
  /// - Returns: nil when that was given up.
  package convenience init?(
    _ command: DetachedCommand, of definition: String, in store: ArtifactStore,
    whileWanted isWanted: () -> Bool
  ) throws(Diagnostic) {
    guard let turn = try SubmissionTurn(in: store, whileWanted: isWanted) else { return nil }
    var owner = JobOwner(detaching: command, of: definition)
    // Until this look has ended, the jobs of an earlier run of the same name are still wanted.
    owner.arrays = JobOwner(named: owner.name, in: store)?.arrays ?? []
    try owner.write(to: store)
    self.init(owner, command, in: store, turn)
  }

  /// A run that was detached before; nil when it is over or was cancelled, or nobody wants to wait.
  package convenience init?(
    goingOn name: String, in store: ArtifactStore, whileWanted isWanted: () -> Bool
  ) throws(Diagnostic) {
    guard let turn = try SubmissionTurn(in: store, whileWanted: isWanted),
      let owner = JobOwner(named: name, in: store), let command = owner.command
    else { return nil }
    self.init(owner, command, in: store, turn)
  }

  func attempt(on key: Digest) -> JobAttempt? { findings.withLock { $0.owner.attempts[key] } }

  /// Notes what is known of stages that are in jobs or will not be submitted any more.
  package func note(_ attempts: [Digest: JobAttempt], hasSubmitted: Bool = false) {
    findings.withLock { findings in
      findings.owner.attempts.merge(attempts) { $1 }
      findings.jobs.formUnion(attempts.values.compactMap { $0.job?.id })
      if hasSubmitted { findings.hasSubmitted = true }
    }
  }

  /// Keeps what was found for the next look, and has it come when the jobs have ended; without any job
  /// the run is over, and only its failures are kept.
  ///
  /// A look that was stopped forgets nothing.
  ///
  /// - Parameter isWhole: whether the look was not stopped; if it was, having found no job means nothing.
  /// - Returns: how many jobs have stages of the run.
  package func end(
    _ program: WorkProgram, _ settings: ClusterSettings, _ client: SlurmClient, isWhole: Bool,
    tell: (RunEvent) -> Void
  ) throws(Diagnostic) -> Int {
    let found = findings.withLock { $0 }
    guard isWhole || !found.jobs.isEmpty else { return 0 }
    var owner = found.owner
    // A look that was stopped says nothing of the stages that it did not come to.
    if isWhole {
      owner.attempts = owner.attempts.filter { _, attempt in
        attempt.failure != nil || attempt.job.map { found.jobs.contains($0.id) } ?? false
      }
      owner.arrays = []
    }
    owner.arrays.formUnion(owner.attempts.values.compactMap { $0.job?.name })
    if owner.attempts.isEmpty { owner.remove(from: store) } else { try owner.write(to: store) }

    let me = SlurmJob.current?.name
    let followUps = FollowUp.living(of: name, client)
    let others = followUps.filter { $0.id != me }
    guard !found.jobs.isEmpty else {
      client.cancel(others.map(\.id))
      FollowUp.removeFiles(of: name, from: store)
      return 0
    }
    guard found.hasSubmitted || others.isEmpty else { return found.jobs.count }
    let jobs = found.jobs.sorted()
    if let kept = others.first(where: { FollowUp.putOff($0, after: jobs, client) }) {
      client.cancel(others.map(\.id).filter { $0 != kept.id })
      return jobs.count
    }
    let followUp = FollowUp(owner: owner, settings: settings, program: program)
    let isRepeated = !found.hasSubmitted && followUps.contains { $0.id == me }
    switch try followUp.submit(after: jobs, isRepeated: isRepeated, to: store, client) {
    // A controller that crashed meanwhile may give out the id of one that it has forgotten.
    case .submitted(let id): client.cancel(others.map(\.id).filter { $0 != id })
    case .unclear(let text), .refused(let text):
      tell(.noticed(Diagnostic(.noFollowUp(text), severity: .warning)))
    }
    return found.jobs.count
  }
}

extension Diagnostic.Message {
  fileprivate static func noFollowUp(_ text: String) -> Self {
    Self(
      "the job that looks after the others may not be there: \(text)",
      remedy: "nothing, unless a node dies: then `millrace run FILE` goes on")
  }
}
