import Artifacts
import Diagnostics
import Pipelines

/// The time that stages will take, estimated from the records of similar work in the store.
package struct RunForecast: Sendable {
  /// Elapsed time with the given cores.
  package let seconds: Double

  /// Whether it is long enough to be told of before.
  package var isNotable: Bool { seconds >= 10 }

  /// - Parameter stages: those that will run.
  /// - Returns: nil when none of them learns, or a kind that learns never has run in this store.
  package init?(
    of stages: [PlannedStage], in store: ArtifactStore, cores: Int
  ) throws(Diagnostic) {
    guard stages.contains(where: { $0.kind.role == .learns }) else { return nil }
    let past = try PastWork(in: store, kinds: Set(stages.map { $0.kind.kind }))
    var coreSeconds = 0.0
    for stage in stages {
      guard let estimate = past.estimate(of: stage, beyond: 0) else {
        if stage.kind.role == .learns { return nil }
        continue
      }
      coreSeconds += estimate.coreSeconds
    }
    seconds = coreSeconds / Double(max(1, cores))
  }
}
