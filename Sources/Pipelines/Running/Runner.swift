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
  /// Called when stages have ended, while nothing is looked up: things may be removed then.
  let betweenLookups: @Sendable () -> Void

  /// - Parameters:
  ///   - keepsStateOfFailures: whether a stage that failed can go on from its last checkpoint.
  ///   - request: what the journal tells of the wish behind the run.
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
  /// - Parameter needed: outputs, by stage, whose bytes must be there although no stage that runs
  ///   reads them; those that were given up to make room are made again.
  /// In a store that cannot be written to, results are found; a stage without one fails.
  ///
  /// - Throws: when the store itself cannot be used; what goes wrong in a stage is in the report.
  package func run(
    _ wanted: Set<Int>, bytesOf needed: [Int: Set<String>] = [:]
  ) throws(Diagnostic) -> RunReport {
    let hold = store.isReadOnly ? nil : try store.hold()
    defer { withExtendedLifetime(hold) {} }
    return try interruption.heeded { () throws(Diagnostic) in
      try Run(runner: self, wanted: wanted, needed: needed).toEnd()
    }
  }
}
