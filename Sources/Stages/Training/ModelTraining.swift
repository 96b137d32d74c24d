import Diagnostics
import Metrics
import Pipelines
import Training

/// How one kind of model is trained: its options, and what rows and scores mean to it.
protocol ModelTraining: Sendable {
  /// Declares and reads the model's options and those of its training.
  init(from options: inout StageOptions)

  var options: TrainingOptions { get }

  /// What the model is scored by where it is evaluated, the most telling first.
  var metrics: [Metric] { get }

  func run(_ training: StagedTraining) throws(Diagnostic) -> StageOutcome
}
