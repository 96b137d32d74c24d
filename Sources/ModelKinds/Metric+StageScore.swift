import Metrics
import Pipelines

extension Metric {
  /// The metric as a score by which sweeps can rank.
  package var stageScore: StageScore {
    StageScore(name, better: direction == .higher ? .max : .min)
  }
}
