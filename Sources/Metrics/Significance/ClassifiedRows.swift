/// What a classifier said of rows whose classes are known, as far as scores are computed from it.
package struct ClassifiedRows: Hashable, Sendable {
  package let classCount: Int
  package private(set) var truth: [Int] = []
  package private(set) var predicted: [Int] = []
  /// The probability of the true class of each row.
  package private(set) var probabilities: [Double] = []

  package init(classCount: Int) { self.classCount = classCount }

  package mutating func append(true truth: Int, predicted: Int, probability: Double) {
    self.truth.append(truth)
    self.predicted.append(predicted)
    probabilities.append(probability)
  }
}

extension Resampling {
  /// The most draws and cells that are counted in all.
  private static let mostWork = 200_000_000
  private static let fewestSamples = 100

  /// The interval of each metric over resampled rows, in the order of the metrics.
  ///
  /// Of very many rows or classes fewer samples are drawn.
  package func intervals(of rows: ClassifiedRows, by metrics: [Metric]) -> [ConfidenceInterval?] {
    let count = rows.truth.count
    guard count > 0 else { return metrics.map { _ in nil } }
    let work = count + 4 * rows.classCount * rows.classCount
    let sampleCount = min(samples, max(Self.fewestSamples, Self.mostWork / work))
    var random = PCG64(seed: seed)
    var scores = [[Double]](repeating: [], count: metrics.count)
    for _ in 0..<sampleCount {
      var counts = ClassificationCounts(classCount: rows.classCount)
      for row in random.integers(below: count, count: count) {
        counts.confusion.add(true: rows.truth[row], predicted: rows.predicted[row])
        counts.logLoss.add(probability: rows.probabilities[row])
      }
      for (place, metric) in metrics.enumerated() {
        if let value = counts.value(of: metric) { scores[place].append(value) }
      }
    }
    return scores.map { $0.isEmpty ? nil : ConfidenceInterval($0) }
  }
}
