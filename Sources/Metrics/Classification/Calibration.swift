/// How often predictions are right beside how probable they were said to be, in bins of equal width.
///
/// Guo et al. 2017; a probability on the border of two bins belongs to the lower.
package struct Calibration: Hashable, Sendable {
  /// The predictions whose probability lies in one range.
  package struct Bin: Hashable, Sendable {
    package fileprivate(set) var count = 0
    package fileprivate(set) var rightCount = 0
    fileprivate var sum = 0.0

    /// The mean probability; 0 for an empty bin.
    package var confidence: Double { count == 0 ? 0 : sum / Double(count) }
    /// The share that is right; 0 for an empty bin.
    package var accuracy: Double { count == 0 ? 0 : Double(rightCount) / Double(count) }
  }

  /// The first one is of the lowest probabilities.
  package private(set) var bins: [Bin]

  package init(binCount: Int = 15) {
    bins = [Bin](repeating: Bin(), count: max(1, binCount))
  }

  /// Counts a prediction; a probability that is none counts as 0.
  package mutating func add(probability: Double, isRight: Bool) {
    let probability = probability.isFinite ? min(max(probability, 0), 1) : 0
    let bin = max(0, Int((probability * Double(bins.count)).rounded(.up)) - 1)
    bins[bin].count += 1
    bins[bin].rightCount += isRight ? 1 : 0
    bins[bin].sum += probability
  }

  package var count: Int { bins.reduce(0) { $0 + $1.count } }

  /// The expected calibration error: the mean distance of confidence and accuracy over predictions.
  package var error: Double {
    guard count > 0 else { return 0 }
    return bins.reduce(0) { $0 + abs($1.confidence - $1.accuracy) * Double($1.count) }
      / Double(count)
  }
}
