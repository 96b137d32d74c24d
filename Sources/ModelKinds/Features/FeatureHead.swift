import LinearModels

/// What tells the classes of a row from its features.
protocol FeatureHead {
  var classCount: Int { get }

  /// The probability of each class.
  func probabilities(of features: Span<Float>) -> [Float]
}

extension LinearModel: FeatureHead {
  func probabilities(of features: Span<Float>) -> [Float] {
    probabilities(features.indices.map { (feature: Int32($0), value: Double(features[$0])) })
  }
}
