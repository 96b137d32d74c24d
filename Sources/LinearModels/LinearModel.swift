import Glibc

/// A weight for each feature and output, and a bias for each output: what linear classifiers learn.
///
/// With as many outputs as classes the probabilities are their softmax; two classes may share one
/// output, the logarithm of the odds for class 1.
package struct LinearModel: Hashable, Sendable {
  package let featureCount: Int
  package let classCount: Int
  package let outputCount: Int
  /// [features × outputs], feature by feature.
  package let weights: [Float]
  /// One for each output.
  package let biases: [Float]

  /// - Parameters:
  ///   - weights: as many for each output.
  ///   - biases: one for each class, or one for two classes.
  package init(classCount: Int, weights: [Float], biases: [Float]) {
    precondition(
      !biases.isEmpty && weights.count % biases.count == 0,
      "\(weights.count) weights for \(biases.count) outputs")
    precondition(
      biases.count == classCount || biases.count == 1 && classCount == 2,
      "\(biases.count) outputs for \(classCount) classes")
    featureCount = weights.count / biases.count
    self.classCount = classCount
    outputCount = biases.count
    self.weights = weights
    self.biases = biases
  }

  /// What a feature adds to a class, beside the mean of what it adds to all of them.
  package func effect(of feature: Int, on label: Int) -> Float {
    if outputCount == 1, classCount == 2 {
      return label == 1 ? weights[feature] / 2 : -weights[feature] / 2
    }
    let all = weights[feature * outputCount..<(feature + 1) * outputCount]
    return all[all.startIndex + label] - all.reduce(0, +) / Float(outputCount)
  }

  /// The probability of each class for a row of features.
  package func probabilities(_ row: [(feature: Int32, value: Double)]) -> [Float] {
    var outputs = biases.map { Double($0) }
    for (feature, value) in row {
      let start = Int(feature) * outputCount
      for k in 0..<outputCount { outputs[k] += value * Double(weights[start + k]) }
    }
    if outputCount == 1, classCount == 2 {
      let odds = outputs[0]
      let small = exp(-abs(odds))
      let (likely, unlikely) = (Float(1 / (1 + small)), Float(small / (1 + small)))
      return odds >= 0 ? [unlikely, likely] : [likely, unlikely]
    }
    let largest = outputs.max() ?? 0
    let powers = outputs.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { Float($0 / sum) }
  }
}
