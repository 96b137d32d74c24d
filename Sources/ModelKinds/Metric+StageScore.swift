import Metrics
import Pipelines

extension Metric {
  /// The metric as a sweep ranks by it.
  package var stageScore: StageScore {
    StageScore(name, better: direction == .higher ? .max : .min)
  }
}
