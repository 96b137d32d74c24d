import Glibc

/// The mean negative natural logarithm of the probability given to the true class.
package struct LogLoss: Hashable, Sendable {
  /// Probabilities are kept this far from 0 and 1, as scikit-learn does for 64-bit numbers.
  private static let margin = Double.ulpOfOne

  private var sum = 0.0
  package private(set) var count = 0

  package init() {}

  /// Counts an item whose true class was given a probability; NaN makes the loss NaN.
  package mutating func add(probability: Double) {
    sum -= log(min(max(probability, Self.margin), 1 - Self.margin))
    count += 1
  }

  /// Adds the items of another part of the set.
  package mutating func merge(_ other: Self) {
    sum += other.sum
    count += other.count
  }

  /// The loss of what was added; 0 for nothing.
  package var value: Double { count == 0 ? 0 : sum / Double(count) }
}

extension Metric {
  package static let logLoss = Metric(
    "log-loss", .probabilities(\.value), better: .lower, places: 4,
    test: .none("of wrong rows the probability of the true class is not kept"))
}
