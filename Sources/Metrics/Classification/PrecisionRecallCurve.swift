/// How precise a class is found when rows are taken in the order of its probability.
package struct PrecisionRecallCurve: Hashable, Sendable {
  /// The mean of the precisions at the rows of the class, as scikit-learn's `average_precision_score`.
  package let averagePrecision: Double
  /// The highest precision with a recall of at least 1/20, 2/20, … 20/20.
  package let precisions: [Double]

  package static let pointCount = 20

  /// - Parameters:
  ///   - probabilities: that of the class for each row.
  ///   - isTrue: whether a row is of the class.
  /// - Returns: nil when no row is of the class.
  package init?(_ probabilities: [Float], isTrue: (_ row: Int) -> Bool) {
    let order = probabilities.indices.sorted { probabilities[$0] > probabilities[$1] }
    let support = order.count(where: isTrue)
    guard support > 0 else { return nil }
    var points: [(recall: Double, precision: Double)] = []
    var (taken, hits, sum, place) = (0, 0, 0.0, 0)
    while place < order.count {
      let probability = probabilities[order[place]]
      let before = hits
      // Rows of equal probability are taken together.
      repeat {
        hits += isTrue(order[place]) ? 1 : 0
        taken += 1
        place += 1
      } while place < order.count && probabilities[order[place]] == probability
      let precision = Double(hits) / Double(taken)
      sum += Double(hits - before) / Double(support) * precision
      if hits > before { points.append((Double(hits) / Double(support), precision)) }
    }
    averagePrecision = sum
    var (precisions, highest) = ([Double](), 0.0)
    for step in (1...Self.pointCount).reversed() {
      let recall = Double(step) / Double(Self.pointCount) - 1e-12
      while let last = points.last, last.recall >= recall {
        highest = max(highest, last.precision)
        points.removeLast()
      }
      precisions.append(highest)
    }
    self.precisions = precisions.reversed()
  }
}
