import Artifacts
import Diagnostics
import Digests
import Files
import Pipelines

/// A stage that is in a living job.
package struct LiveJob: Hashable, Sendable {
  /// The definition's name for the stage.
  package let stage: String
  /// What overrides its options: `train.hidden=64`.
  package let settings: [String]
  /// Whether it is being worked on; else its job waits, or has other stages before it.
  package let isRunning: Bool
  /// As `squeue` shows it: `43_5`.
  package let job: String
  /// The node that it runs on; nil while there is none.
  package let node: String?
  /// Since when the job runs, or waits if it does not, as the cluster's clock has it:
  /// `2026-11-29T10:12:00`.
  package let since: String
  /// Why the job waits: `Resources`.
  package let reason: String
}

/// A stage that a detached run has given up.
package struct FailedJob: Hashable, Sendable {
  /// The definition's name for the stage.
  package let stage: String
  /// What overrides its options: `train.hidden=64`.
  package let settings: [String]
  package let problem: Diagnostic
}

/// The living jobs of a definition, found from any machine that sees its store.
package struct LiveJobs: Sendable {
  /// In the order of their names; nil where there may be some, but the queue cannot be read.
  package let jobs: [LiveJob]?
  /// The definition's detached runs that have something left to do.
  package let runs: [DetachedRun]
  /// What failed in detached runs of the definition, and has no result yet.
  package let failures: [FailedJob]

  /// - Parameter definition: the path, as it was given.
  /// - Throws: when the store cannot be read.
  package init(
    of definition: String, in store: ArtifactStore, _ client: SlurmClient = SlurmClient()
  ) throws(Diagnostic) {
    let definition = DefinitionRoot.canonical(definition)
    let names = Set(try store.orderNames())
    let hasOpenOrders = names.contains { name in
      Digest(hex: name).map { !names.contains(WrittenEnding.name(of: $0)) } ?? false
    }
    let hasOwners = names.contains { $0.hasSuffix(JobOwner.suffix) }
    // Before the queue is listed, so that what is submitted meanwhile is not missed.
    let isSubmitting = SubmissionTurn.isTaken(in: store)
    let rows = hasOpenOrders || hasOwners ? client.jobs() : []
    let owners = JobOwner.all(in: store).filter { $0.definition == definition }
    runs = owners.compactMap { DetachedRun($0, among: rows, isSubmitting: isSubmitting) }
    failures = owners.flatMap(\.attempts).compactMap { key, attempt in
      guard let problem = attempt.failure, let order = try? WrittenOrder(key, in: store),
        (try? store.work(for: key)) == nil
      else { return nil }
      return FailedJob(stage: order.stage, settings: order.settings, problem: problem)
    }.sorted { ($0.stage, $0.settings.description) < ($1.stage, $1.settings.description) }
    jobs = rows?.flatMap { Self.stages(in: $0, of: definition, in: store, names) }
      .sorted { ($0.stage, $0.settings.description) < ($1.stage, $1.settings.description) }
  }

  /// The stages of a definition that a row's job has yet to end.
  private static func stages(
    in row: QueueRow, of definition: String, in store: ArtifactStore, _ names: Set<String>
  ) -> [LiveJob] {
    guard row.isLive, let index = row.index, let manifest = Manifest(of: row.name, in: store) else {
      return []
    }
    let open = manifest[index].filter { !names.contains(WrittenEnding.name(of: $0)) }
    return open.compactMap { key in
      guard let order = try? WrittenOrder(key, in: store), order.definition == definition else {
        return nil
      }
      return LiveJob(
        stage: order.stage, settings: order.settings,
        isRunning: row.state == "RUNNING" && key == open.first, job: row.id,
        node: row.node.isEmpty ? nil : row.node, since: row.since, reason: row.reason)
    }
  }
}

extension Manifest {
  /// The manifest of an array of jobs; nil for one of another store.
  init?(of array: String, in store: ArtifactStore) {
    guard array.hasPrefix(JobArray.namePrefix),
      let bytes = try? store.order(named: array + ArrayFiles.manifestSuffix)
    else { return nil }
    self.init(bytes)
  }

  /// Whether the work on all keys has ended, well or not.
  package func hasEnded(in store: ArtifactStore) throws(Diagnostic) -> Bool {
    let names = Set(try store.orderNames())
    return keys.allSatisfy { key in
      !names.contains("\(key)") || names.contains(WrittenEnding.name(of: key))
    }
  }
}
