import Artifacts
import Diagnostics
import Pipelines

/// The time that a run will take, estimated from the records of similar work in the store.
package struct RunForecast: Sendable {
  /// Elapsed time with the given cores.
  package let seconds: Double
  /// Whether it is long enough to be told of before.
  package var isNotable: Bool { seconds >= 10 }

  /// - Parameter wanted: the places in the plan of the stages that are to be run.
  /// - Returns: nil when a kind of stage that learns will run and never has in this store.
  package init?(
    of assessment: Assessment, wanted: Set<Int>, in store: ArtifactStore, cores: Int
  ) throws(Diagnostic) {
    let stale = assessment.stages.map(\.planned).filter { stage in
      wanted.contains(stage.index) && assessment.stages[stage.index].record == nil
    }
    guard stale.contains(where: { $0.kind.role == .learns }) else { return nil }
    let past = try PastWork(in: store, kinds: Set(stale.map { $0.kind.kind }))
    var coreSeconds = 0.0
    for stage in stale {
      guard let estimate = past.estimate(of: stage, beyond: 0) else {
        if stage.kind.role == .learns { return nil }
        continue
      }
      coreSeconds += estimate.coreSeconds
    }
    seconds = coreSeconds / Double(max(1, cores))
  }
}
