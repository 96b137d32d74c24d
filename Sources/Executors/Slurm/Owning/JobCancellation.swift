import Artifacts
import Diagnostics
import Glibc
import Pipelines

/// The end of all jobs of a definition, whoever waits for them.
package struct JobCancellation: Sendable {
  /// Seconds that jobs may take to end: they stop at a checkpoint, or are killed some time later.
  private static let patience = 120.0
  /// How often the queue must show none of them; a call that timed out may have submitted some.
  private static let looks = 2

  private let definition: String
  private let store: ArtifactStore
  private let client: SlurmClient

  /// - Parameter definition: the path, as it was given.
  package init(
    of definition: String, in store: ArtifactStore, _ client: SlurmClient
  ) {
    self.definition = DefinitionRoot.canonical(definition)
    self.store = store
    self.client = client
  }

  /// Cancels them, and waits until none lives.
  ///
  /// - Parameter isWanted: asked now and then whether to wait any longer.
  /// - Returns: the ids of the jobs that were cancelled.
  /// - Throws: when jobs may live still.
  package func carryOut(whileWanted isWanted: () -> Bool) throws(Diagnostic) -> [String] {
    let started = ContinuousClock.now
    func mayWait() -> Bool { isWanted() && started.secondsSoFar < Self.patience }
    // Whoever is about to submit does so before this, and sees afterwards that nobody wants it.
    guard let turn = try SubmissionTurn(in: store, whileWanted: mayWait) else {
      throw Diagnostic(.notAlone)
    }
    defer { withExtendedLifetime(turn) {} }
    let owners = JobOwner.all(in: store).filter { $0.definition == definition }
    for owner in owners { owner.remove(from: store) }
    let names = owners.reduce(into: Set<String>()) { names, owner in
      names.formUnion(owner.arrays)
      names.insert(FollowUp.name(of: owner.name))
    }
    var (asked, quietLooks): (Set<String>, Int) = ([], 0)
    var pause: UInt32 = 200_000
    while true {
      let live = client.jobs()?.filter { $0.isLive && (names.contains($0.name) || isOwn($0)) }
      let new = Set(live?.map(\.id) ?? []).subtracting(asked)
      client.cancel(new.sorted())
      asked.formUnion(new)
      quietLooks = live?.isEmpty == true ? quietLooks + 1 : 0
      guard quietLooks < Self.looks else { break }
      guard mayWait() else { throw Diagnostic(.mayLive(live?.map(\.id))) }
      usleep(pause)
      pause = min(2_000_000, pause * 3 / 2)
    }
    for owner in owners { FollowUp.removeFiles(of: owner.name, from: store) }
    return asked.sorted()
  }

  /// Removes the definition's detached runs that have no jobs, for which Slurm is not needed.
  ///
  /// Nothing is removed while a process submits: it may be about to have jobs.
  package func removeRunsWithoutJobs() throws(Diagnostic) {
    guard let turn = try SubmissionTurn(in: store) else { return }
    defer { withExtendedLifetime(turn) {} }
    for owner in JobOwner.all(in: store)
    where owner.definition == definition && owner.command != nil && !owner.hasJobs {
      owner.remove(from: store)
      FollowUp.removeFiles(of: owner.name, from: store)
    }
  }

  /// Whether a job has a stage that was ordered for the definition.
  private func isOwn(_ row: QueueRow) -> Bool {
    guard let manifest = Manifest(of: row.name, in: store) else { return false }
    // All stages of an array are of one definition.
    return manifest.keys.lazy.compactMap { try? WrittenOrder($0, in: store) }
      .first?.definition == definition
  }
}

extension Diagnostic.Message {
  fileprivate static let notAlone = Self(
    "another process submits jobs for the store all the time", remedy: "try it again")

  fileprivate static func mayLive(_ jobs: [String]?) -> Self {
    let which = jobs.map { "jobs live still: \($0.sorted().joined(separator: " "))" }
    return Self(
      which ?? "squeue does not answer, so that jobs may live",
      remedy: "nothing more is submitted; give the command again")
  }
}
