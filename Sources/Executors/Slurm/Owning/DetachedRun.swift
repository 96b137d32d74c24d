import Artifacts
import Diagnostics
import Pipelines

/// A detached run that has something left to do, as far as its owner's text tells.
package struct DetachedRun: Sendable {
  let owner: JobOwner
  package let command: DetachedCommand
  /// Whether no job and no process looks after it any more; nil where the queue cannot be read.
  package let isLost: Bool?

  /// When it began, in UTC.
  package var since: String { owner.since }

  /// Nil for what is no detached run, or one with nothing left but failures.
  ///
  /// - Parameters:
  ///   - rows: the jobs of the queue; nil where that cannot be read.
  ///   - isSubmitting: whether a process submitted when they were listed.
  init?(_ owner: JobOwner, among rows: [QueueRow]?, isSubmitting: Bool) {
    guard let command = owner.command, !owner.isOver else { return nil }
    self.owner = owner
    self.command = command
    let names = owner.arrays.union([FollowUp.name(of: owner.name)])
    let hasJobs = rows?.contains { $0.isLive && names.contains($0.name) }
    isLost = isSubmitting ? false : hasJobs.map { !$0 }
  }
}

/// The detached runs of a definition that nobody looks after, held so that nobody can meanwhile.
package struct LostRuns: Sendable {
  private let store: ArtifactStore
  private let turn: SubmissionTurn
  package let runs: [DetachedRun]

  /// - Parameter definition: the path, as it was given.
  /// - Returns: nil where there is none, or that cannot be known, as while a process submits.
  package init?(
    of definition: String, in store: ArtifactStore, _ client: SlurmClient = SlurmClient()
  ) throws(Diagnostic) {
    let definition = DefinitionRoot.canonical(definition)
    func detached() -> [JobOwner] {
      JobOwner.all(in: store).filter { $0.definition == definition && $0.command != nil }
    }
    guard !store.isReadOnly, !detached().isEmpty, let turn = try SubmissionTurn(in: store),
      let rows = client.jobs()
    else { return nil }
    self.store = store
    self.turn = turn
    runs = detached().compactMap { DetachedRun($0, among: rows, isSubmitting: false) }
      .filter { $0.isLost == true }
    if runs.isEmpty { return nil }
  }

  /// Takes away what the store has of one.
  package func remove(_ run: DetachedRun) {
    run.owner.remove(from: store)
    FollowUp.removeFiles(of: run.owner.name, from: store)
  }
}
