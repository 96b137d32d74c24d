import Pipelines
import Tensors
import Training

/// The options of the training of a classifier in batches.
package struct ClassifierTraining: Sendable {
  let batches: BatchTraining
  let weighting: ClassWeighting
  let vectors: StartingVectors?

  /// Declares and reads the options of every such training.
  ///
  /// - Parameter layout: parameters of the names and widths that the network will have.
  package init(
    from options: inout StageOptions, defaults: TrainingDefaults = .classifier,
    naming layout: () -> ParameterLayout
  ) {
    batches = BatchTraining(from: &options, defaults: defaults, naming: layout)
    weighting = ClassWeighting(from: &options)
    vectors = StartingVectors(from: &options, in: layout)
  }

  /// Declares and reads the options of the training of a network that starts from weights of its own.
  ///
  /// - Parameters:
  ///   - strategy: rates that the kind of model gives some of its parameters.
  ///   - layout: parameters of the names that the network will have.
  init(
    fineTuningFrom options: inout StageOptions, defaults: TrainingDefaults,
    strategy: [ParameterRate], naming layout: () -> ParameterLayout
  ) {
    batches = BatchTraining(
      from: &options, defaults: defaults, strategy: strategy, naming: layout)
    weighting = ClassWeighting(from: &options)
    vectors = nil
  }
}
