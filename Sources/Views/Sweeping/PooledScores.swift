import Artifacts
import Diagnostics
import Formats
import Metrics
import Pipelines
import Sweeps

/// The scores of one stage over the rows of all folds together, each row once.
struct PooledScores {
  private let point: SweepStatus.Point
  private let stage: String
  private let runs: ComparedRuns?

  /// Nil without folds, while one is missing, and where rows may be in several folds.
  ///
  /// - Throws: when rows that are in the store cannot be read.
  init?(
    of point: SweepStatus.Point, by stage: String, _ plan: SweepPlan, in store: ArtifactStore
  ) throws(Diagnostic) {
    let scored = ScoredPoints(stage, of: plan, in: store)
    guard plan.foldCount > 1, !scored.haveRepeats,
      point.trials.allSatisfy({ $0.scores[stage] != nil })
    else { return nil }
    self.point = point
    self.stage = stage
    runs = try scored.runs(of: point).map { ComparedRuns($0, $0) }
  }

  /// A score of all rows, as the mean over the seeds; nil where it cannot be computed.
  subscript(score: String) -> Double? {
    guard let metric = Metric.named(score) else { return nil }
    if case .probabilities = metric.basis { return mean(of: score) }
    return runs?.value(of: metric)
  }

  /// The mean of a score over rows, each fold by how many it has.
  private func mean(of score: String) -> Double? {
    var (sum, count) = (0.0, 0)
    for scores in point.trials.compactMap({ $0.scores[stage] }) {
      guard let value = scores[score]?.doubleValue, let rows = scores["rows"]?.intValue else {
        return nil
      }
      sum += value * Double(rows)
      count += rows
    }
    return count > 0 ? sum / Double(count) : nil
  }
}
