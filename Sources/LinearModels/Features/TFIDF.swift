import Glibc

/// Counts of n-grams as scikit-learn weighs them: frequency · inverse row frequency, rows of norm 1.
package struct TFIDF: Hashable, Sendable {
  /// Whether a count n stands as 1 + ln n.
  package let isSublinear: Bool
  /// A factor for each feature; empty when all count the same.
  package let idf: [Double]

  package init(isSublinear: Bool, idf: [Double]) {
    self.isSublinear = isSublinear
    self.idf = idf
  }

  /// ln((1 + rows) / (1 + rows with the feature)) + 1, for each feature.
  package static func idf(rowCounts: [Int], of rowCount: Int) -> [Double] {
    rowCounts.map { log(Double(1 + rowCount) / Double(1 + $0)) + 1 }
  }

  /// Turns the counts of a row into weights.
  func weigh(_ features: inout [(feature: Int32, value: Double)]) {
    var squares = 0.0
    for place in features.indices {
      var value = features[place].value
      if isSublinear { value = 1 + log(value) }
      if !idf.isEmpty { value *= idf[Int(features[place].feature)] }
      features[place].value = value
      squares += value * value
    }
    guard squares > 0 else { return }
    let norm = squares.squareRoot()
    for place in features.indices { features[place].value /= norm }
  }
}
