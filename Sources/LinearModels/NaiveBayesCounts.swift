import Glibc

/// What naive Bayes counts of rows, which are added part by part.
package struct NaiveBayesCounts: Sendable {
  private let classCount: Int
  /// [features × classes] rows of the class that have the feature, smoothed.
  private var counts: [Double]
  /// The features of all rows of each class, smoothed.
  private var totals: [Double]
  private var rowCounts: [Double]

  /// Before the first row.
  package init(_ naiveBayes: NaiveBayes, featureCount: Int, classCount: Int) {
    let smoothing = naiveBayes.smoothing
    self.classCount = classCount
    counts = [Double](repeating: smoothing, count: featureCount * classCount)
    totals = [Double](repeating: smoothing * Double(featureCount), count: classCount)
    rowCounts = [Double](repeating: 0, count: classCount)
  }

  /// Counts rows with a class each.
  ///
  /// - Parameter rows: sets of features, every value 1.
  package mutating func add(_ rows: SparseRows, labels: ArraySlice<Int32>) {
    precondition(labels.count == rows.count, "\(labels.count) labels of \(rows.count) rows")
    for (row, label) in labels.enumerated() {
      let label = Int(label)
      rowCounts[label] += 1
      for entry in rows.range(ofRow: row) {
        counts[Int(rows.columns[entry]) * classCount + label] += 1
        totals[label] += 1
      }
    }
  }

  /// The model of all rows that were counted.
  package var model: LinearModel {
    let rowCount = rowCounts.reduce(0, +)
    return LinearModel(
      classCount: classCount,
      weights: counts.indices.map { Float(log(counts[$0] / totals[$0 % classCount])) },
      // A class without rows is never answered, and its score stays a number.
      biases: rowCounts.map { Float(log(max($0, 1e-9) / max(1, rowCount))) })
  }
}
