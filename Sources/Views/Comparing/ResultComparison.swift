import Artifacts
import Chains
import Diagnostics
import Pipelines

/// The comparison of two results: the causes of their differences, and the differences.
package struct ResultComparison: Sendable {
  package let a: ComparedResult
  package let b: ComparedResult
  package let stages: [StageDifference]
  /// The stages without a difference.
  package let unchanged: [String]
  /// The differences of artifacts, by `stage.port`.
  package let artifacts: [(name: String, difference: any ArtifactView)]
  /// The scores of both, with a test where they are of the same rows.
  package let scores: [ScoreComparison]

  package init(
    _ a: ComparedResult, _ b: ComparedResult, in store: ArtifactStore
  ) throws(Diagnostic) {
    self.a = a
    self.b = b
    let names = a.stageNames + b.stageNames.filter { !a.stageNames.contains($0) }
    var stages: [StageDifference] = []
    var unchanged: [String] = []
    for name in names {
      if let difference = StageDifference(name, a, b) {
        stages.append(difference)
      } else if a[name] != nil {
        unchanged.append(name)
      }
    }
    self.stages = stages
    self.unchanged = unchanged
    var artifacts: [(name: String, difference: any ArtifactView)] = []
    for stage in stages {
      for (x, y) in stage.outputs where x.type == y.type && x.content != .scores {
        guard try !store.isEvicted(x.digest), try !store.isEvicted(y.digest),
          let difference = try ArtifactViews.difference(
            of: ComparedArtifacts(
              x, y, in: store, origins: b.origins(of: y.port, stage: stage.stage)))
        else { continue }
        artifacts.append(("\(stage.stage).\(x.port)", difference))
      }
    }
    self.artifacts = artifacts
    var scores: [ScoreComparison] = []
    for name in names {
      guard let first = a[name], let second = b[name],
        let comparison = try ScoreComparison(name, first, second, in: store)
      else { continue }
      scores.append(comparison)
    }
    self.scores = scores
  }
}
