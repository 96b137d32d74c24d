/// How a row of tokens becomes numbers: which n-grams count, and for how much.
package struct NGramFeatures: Sendable {
  /// What gives n-grams their numbers.
  package enum Index: Sendable {
    case vocabulary(NGramVocabulary)
    case hashing(NGramHashing)

    /// Every number is below it.
    package var count: Int {
      switch self {
      case .vocabulary(let vocabulary): vocabulary.count
      case .hashing(let hashing): hashing.bucketCount
      }
    }

    /// The tokens of the shortest and of the longest n-grams.
    package var lengths: ClosedRange<Int> {
      switch self {
      case .vocabulary(let vocabulary): vocabulary.lengths
      case .hashing(let hashing): hashing.lengths
      }
    }

    /// How often each feature occurs in a row, by rising number.
    func occurrences(in row: Span<Int32>) -> [(feature: Int32, value: Double)] {
      var found: [Int32] = []
      switch self {
      case .vocabulary(let vocabulary): vocabulary.forEachFeature(of: row) { found.append($0) }
      case .hashing(let hashing): hashing.forEachFeature(of: row) { found.append($0) }
      }
      found.sort()
      var counts: [(feature: Int32, value: Double)] = []
      counts.reserveCapacity(found.count)
      for feature in found {
        if counts.last?.feature == feature {
          counts[counts.count - 1].value += 1
        } else {
          counts.append((feature, 1))
        }
      }
      return counts
    }
  }

  /// What an n-gram counts for in a row.
  package enum Weighting: Sendable {
    /// 1 however often it occurs.
    case presence
    case tfidf(TFIDF)
  }

  package let index: Index
  package let weighting: Weighting

  package init(_ index: Index, _ weighting: Weighting) {
    if case .tfidf(let tfidf) = weighting, !tfidf.idf.isEmpty {
      precondition(
        tfidf.idf.count == index.count, "\(tfidf.idf.count) idf of \(index.count) features")
    }
    self.index = index
    self.weighting = weighting
  }

  package var count: Int { index.count }

  /// The features of one row by rising number.
  package func features(of row: Span<Int32>) -> [(feature: Int32, value: Double)] {
    var features = index.occurrences(in: row)
    switch weighting {
    case .presence: for place in features.indices { features[place].value = 1 }
    case .tfidf(let tfidf): tfidf.weigh(&features)
    }
    return features
  }

  /// The features of all rows.
  package func matrix(of rows: TokenLists, cores: Int) -> SparseRows {
    SparseRows(count: rows.count, columnCount: count, cores: cores) { row in
      features(of: rows.ids.span.extracting(rows.range(ofRow: row)))
    }
  }

  /// The features by their frequency among some rows, and those rows' values.
  ///
  /// - Parameter usesIDF: whether what occurs in few rows counts for more.
  package static func tfidf(
    of rows: TokenLists, _ index: Index, isSublinear: Bool, usesIDF: Bool, cores: Int
  ) -> (features: NGramFeatures, matrix: SparseRows) {
    var counts = FeatureRowCounts(of: index)
    counts.add(rows, cores: cores)
    let features = counts.tfidf(isSublinear: isSublinear, usesIDF: usesIDF)
    return (features, features.matrix(of: rows, cores: cores))
  }
}
