import Artifacts
import Diagnostics

/// Runs what is stale of a plan, independent stages side by side.
package struct Runner: Sendable {
  let plan: Plan
  let store: ArtifactStore
  /// How many stages may run at once.
  let jobs: Int
  /// How many cores they share.
  let cores: Int
  let interruption: Interruption
  let observer: any RunObserver

  package init(
    plan: Plan, store: ArtifactStore, jobs: Int, cores: Int, interruption: Interruption,
    observer: any RunObserver
  ) {
    self.plan = plan
    self.store = store
    self.jobs = jobs
    self.cores = cores
    self.interruption = interruption
    self.observer = observer
  }

  /// Brings the wanted stages up to date; a failed stage stops only what needs it.
  ///
  /// - Parameter needed: outputs, by stage, whose bytes must be there although no stage that runs
  ///   reads them; those that were given up to make room are made again.
  /// - Throws: when the store itself cannot be used; what goes wrong in a stage is in the report.
  package func run(
    _ wanted: Set<Int>, bytesOf needed: [Int: Set<String>] = [:]
  ) throws(Diagnostic) -> RunReport {
    let hold = try store.hold()
    defer { withExtendedLifetime(hold) {} }
    return try Run(runner: self, wanted: wanted, needed: needed).toEnd()
  }
}
