import Glibc

/// Naive Bayes over the n-grams that a row has, however often: the simplest of text classifiers.
///
/// A class's score is the logarithm of its share of the rows, plus for each n-gram that of its share
/// of all n-grams of the class's rows, `smoothing` added to each count (multinomial, on sets).
package struct NaiveBayes: Hashable, Sendable {
  package var smoothing: Double

  package init(smoothing: Double = 0.5) {
    precondition(smoothing > 0, "smoothing \(smoothing)")
    self.smoothing = smoothing
  }

  /// Counts rows with a class each.
  ///
  /// - Parameter rows: sets of features, every value 1.
  package func fit(_ rows: SparseRows, labels: [Int32], classCount: Int) -> LinearModel {
    precondition(labels.count == rows.count, "\(labels.count) labels of \(rows.count) rows")
    var counts = [Double](repeating: smoothing, count: rows.columnCount * classCount)
    var totals = [Double](repeating: smoothing * Double(rows.columnCount), count: classCount)
    var rowCounts = [Double](repeating: 0, count: classCount)
    for row in 0..<rows.count {
      let label = Int(labels[row])
      rowCounts[label] += 1
      for entry in rows.range(ofRow: row) {
        counts[Int(rows.columns[entry]) * classCount + label] += 1
        totals[label] += 1
      }
    }
    return LinearModel(
      classCount: classCount,
      weights: counts.indices.map { Float(log(counts[$0] / totals[$0 % classCount])) },
      // A class without rows is never answered, and its score stays a number.
      biases: rowCounts.map { Float(log(max($0, 1e-9) / Double(max(1, rows.count)))) })
  }
}
