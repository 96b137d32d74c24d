import Pipelines
import Tensors

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
}
