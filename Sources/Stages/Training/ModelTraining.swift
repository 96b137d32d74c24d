import Diagnostics
import Pipelines
import Tensors
import Training

/// How one kind of model is trained: its options, and what rows and scores mean to it.
protocol ModelTraining: Sendable {
  /// Declares and reads the model's options and those of its training.
  init(from options: inout StageOptions)

  var options: TrainingOptions { get }

  /// The parameters of the model, were there no words and classes to tell apart.
  var smallestLayout: ParameterLayout { get }

  func run(_ training: StagedTraining) throws(Diagnostic) -> StageOutcome
}
