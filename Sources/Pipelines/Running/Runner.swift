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
  /// Whether a stage that failed can go on from its last checkpoint; a sweep has no room for that.
  let keepsStateOfFailures: Bool

  package init(
    plan: Plan, store: ArtifactStore, jobs: Int, cores: Int, interruption: Interruption,
    observer: any RunObserver, keepsStateOfFailures: Bool = true
  ) {
    self.plan = plan
    self.store = store
    self.jobs = jobs
    self.cores = cores
    self.interruption = interruption
    self.observer = observer
    self.keepsStateOfFailures = keepsStateOfFailures
  }

  /// Brings the wanted stages up to date; a failed stage stops only what needs it.
  ///
  /// - Throws: when the store itself cannot be used; what goes wrong in a stage is in the report.
  package func run(_ wanted: Set<Int>) throws(Diagnostic) -> RunReport {
    let hold = try store.hold()
    defer { withExtendedLifetime(hold) {} }
    return try Run(runner: self, wanted: wanted).toEnd()
  }
}
