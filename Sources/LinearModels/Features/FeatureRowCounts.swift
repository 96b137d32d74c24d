import Cores

/// In how many rows each feature occurs; rows are added part by part, and take no memory.
package struct FeatureRowCounts: Sendable {
  private let index: NGramFeatures.Index
  /// How many rows were counted.
  package private(set) var rowCount = 0
  /// By feature, in how many of them it occurs.
  package private(set) var counts: [Int]

  /// Before the first row.
  package init(of index: NGramFeatures.Index) {
    self.index = index
    counts = [Int](repeating: 0, count: index.count)
  }

  /// How many entries the matrix of the rows has.
  package var entryCount: Int { counts.reduce(0, +) }

  /// Counts the features of the rows that come next.
  package mutating func add(_ rows: TokenLists, cores: Int) {
    let (index, size) = (index, 512)
    let parts = mapConcurrently((rows.count + size - 1) / size, cores: cores) { part in
      var found: [Int32] = []
      for row in part * size..<min(rows.count, (part + 1) * size) {
        let ids = rows.ids.span.extracting(rows.range(ofRow: row))
        found += index.occurrences(in: ids).lazy.map(\.feature)
      }
      return found
    }
    for part in parts {
      for feature in part { counts[Int(feature)] += 1 }
    }
    rowCount += rows.count
  }

  /// The features by their frequency in a row and among the rows.
  ///
  /// - Parameter usesIDF: whether what occurs in few rows counts for more.
  package func tfidf(isSublinear: Bool, usesIDF: Bool) -> NGramFeatures {
    let idf = usesIDF ? TFIDF.idf(rowCounts: counts, of: rowCount) : []
    return NGramFeatures(index, .tfidf(TFIDF(isSublinear: isSublinear, idf: idf)))
  }
}
