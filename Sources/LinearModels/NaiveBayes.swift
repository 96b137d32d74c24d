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
    var counts = NaiveBayesCounts(self, featureCount: rows.columnCount, classCount: classCount)
    counts.add(rows, labels: labels[...])
    return counts.model
  }
}
