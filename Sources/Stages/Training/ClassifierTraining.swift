import Pipelines

/// What a definition says of the training of a classifier in batches.
package struct ClassifierTraining: Sendable {
  let batches: BatchTraining
  let weighting: ClassWeighting

  /// Declares and reads the options of every such training.
  package init(from options: inout StageOptions, defaults: TrainingDefaults = .classifier) {
    batches = BatchTraining(from: &options, defaults: defaults)
    weighting = options.choice(
      "class-weights", default: .none,
      "balanced lets a row of a rare class count for more: rows / (classes × rows of its class)")
  }
}
