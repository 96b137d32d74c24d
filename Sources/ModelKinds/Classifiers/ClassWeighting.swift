import Datasets
import Pipelines

/// The ways of weighting classes in a classifier's loss, by their names in a definition.
enum ClassWeighting: String, CaseIterable {
  case none, balanced

  /// Declares and reads the option.
  init(from options: inout StageOptions) {
    self = options.choice(
      "class-weights", default: .none,
      "balanced lets a row of a rare class count for more: rows / (classes × rows of its class)")
  }

  /// A weight for each class; empty when all count the same.
  func weights(of rows: Dataset) -> [Float] {
    switch self {
    case .none: []
    case .balanced: rows.balancedClassWeights
    }
  }
}
