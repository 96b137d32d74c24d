/// How often items of each class were taken for each class: rows are true, columns predicted.
///
/// Counts are summed over a whole set, however it is cut into batches, and merged over workers.
package struct ConfusionMatrix: Hashable, Sendable {
  package let classCount: Int
  /// Row by row, `classCount` × `classCount`.
  package private(set) var counts: [Int]

  package init(classCount: Int) {
    precondition(classCount >= 0, "\(classCount) classes")
    self.classCount = classCount
    counts = [Int](repeating: 0, count: classCount * classCount)
  }

  package subscript(true truth: Int, predicted predicted: Int) -> Int {
    counts[position(truth, predicted)]
  }

  /// Counts items of one true class that were given one class.
  package mutating func add(true truth: Int, predicted: Int, count: Int = 1) {
    counts[position(truth, predicted)] += count
  }

  /// Adds the counts of another part of the set.
  package mutating func merge(_ other: Self) {
    precondition(
      classCount == other.classCount, "\(classCount) classes merged with \(other.classCount)")
    for position in counts.indices { counts[position] += other.counts[position] }
  }

  /// How many items were counted.
  package var total: Int { counts.reduce(0, +) }

  /// How many items are truly of a class.
  package func trueCount(_ label: Int) -> Int {
    (0..<classCount).reduce(0) { $0 + self[true: label, predicted: $1] }
  }

  /// How many items were given a class.
  package func predictedCount(_ label: Int) -> Int {
    (0..<classCount).reduce(0) { $0 + self[true: $1, predicted: label] }
  }

  private func position(_ truth: Int, _ predicted: Int) -> Int {
    precondition(
      (0..<classCount).contains(truth) && (0..<classCount).contains(predicted),
      "classes \(truth) and \(predicted) of \(classCount)")
    return truth * classCount + predicted
  }
}

extension ConfusionMatrix {
  /// The class most items are truly of, the first of several; nil when nothing was counted.
  package var majorityClass: Int? {
    let most = (0..<classCount).map(trueCount).max() ?? 0
    return most > 0 ? (0..<classCount).first { trueCount($0) == most } : nil
  }

  /// The matrix of a classifier that gives every item of the same set one class.
  package func baseline(alwaysPredicting label: Int) -> ConfusionMatrix {
    var baseline = ConfusionMatrix(classCount: classCount)
    for truth in 0..<classCount {
      baseline.add(true: truth, predicted: label, count: trueCount(truth))
    }
    return baseline
  }
}
