import Datasets

/// The ways of weighting classes in a classifier's loss, by their names in a definition.
enum ClassWeighting: String, CaseIterable {
  case none, balanced

  /// A weight for each class; empty when all count the same.
  func weights(of rows: Dataset) -> [Float] {
    switch self {
    case .none: []
    case .balanced: rows.balancedClassWeights
    }
  }
}
