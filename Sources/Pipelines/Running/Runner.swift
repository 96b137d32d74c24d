import Artifacts
import Diagnostics

/// Runs what is stale of a plan, independent stages side by side.
package struct Runner: Sendable {
  package let plan: Plan
  package let store: ArtifactStore
  /// How many stages may run at once.
  package let jobs: Int
  /// How many cores they share.
  package let cores: Int
  package let interruption: Interruption
  package let observer: any RunObserver
  let request: RunRequest
  let executor: any Executor
  /// Called when stages have ended, at a moment when no look-up is under way: it may remove things.
  let betweenLookups: @Sendable () -> Void

  /// - Parameters:
  ///   - keepsStateOfFailures: whether checkpoints of failed stages stay, to go on from.
  ///   - request: what the journal records of how the run was asked for.
  ///   - executor: where stages are carried out; threads of this process unless given.
  package init(
    plan: Plan, store: ArtifactStore, jobs: Int, cores: Int, interruption: Interruption,
    observer: any RunObserver, keepsStateOfFailures: Bool = true,
    request: RunRequest = RunRequest(), executor: (any Executor)? = nil,
    betweenLookups: @escaping @Sendable () -> Void = {}
  ) {
    self.plan = plan
    self.store = store
    self.jobs = jobs
    self.cores = cores
    self.interruption = interruption
    self.observer = observer
    self.request = request
    self.executor =
      executor
      ?? ThreadExecutor(
        worker: StageWorker(
          in: store, interruption: interruption, observer: observer,
          keepsStateOfFailures: keepsStateOfFailures))
    self.betweenLookups = betweenLookups
  }

  /// Brings the wanted stages up to date; a failed stage stops only what needs it.
  ///
  /// In a store that cannot be written to, results are found, and a stage without one fails.
  ///
  /// - Parameter needed: outputs, by stage, whose bytes must be there although no stage that runs
  ///   reads them; those that were evicted are made again.
  ///
  /// - Throws: when the store itself cannot be used; what goes wrong in a stage is in the report.
  package func run(
    _ wanted: Set<Int>, bytesOf needed: [Int: Set<String>] = [:]
  ) throws(Diagnostic) -> RunReport {
    let hold = store.isReadOnly ? nil : try store.hold()
    defer { withExtendedLifetime(hold) {} }
    return try interruption.polled { () throws(Diagnostic) in
      defer { executor.settle() }
      return try Run(runner: self, wanted: wanted, needed: needed).toEnd()
    }
  }
}
