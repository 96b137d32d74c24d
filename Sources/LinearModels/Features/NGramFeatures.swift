import Cores

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

    fileprivate func forEachFeature(of row: Span<Int32>, _ body: (Int32) -> Void) {
      switch self {
      case .vocabulary(let vocabulary): vocabulary.forEachFeature(of: row, body)
      case .hashing(let hashing): hashing.forEachFeature(of: row, body)
      }
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
    var occurrences: [Int32] = []
    index.forEachFeature(of: row) { occurrences.append($0) }
    occurrences.sort()
    var features: [(feature: Int32, value: Double)] = []
    for feature in occurrences {
      if features.last?.feature == feature {
        features[features.count - 1].value += 1
      } else {
        features.append((feature, 1))
      }
    }
    switch weighting {
    case .presence: for place in features.indices { features[place].value = 1 }
    case .tfidf(let tfidf): tfidf.weigh(&features)
    }
    return features
  }

  /// The features of all rows.
  package func matrix(of rows: TokenLists, cores: Int) -> SparseRows {
    let size = 512
    let parts = mapConcurrently((rows.count + size - 1) / size, cores: cores) { part in
      var matrix = SparseRows(columnCount: count)
      let ids = rows.ids.span
      for row in part * size..<min(rows.count, (part + 1) * size) {
        matrix.append(features(of: ids.extracting(rows.range(ofRow: row))))
      }
      return matrix
    }
    return SparseRows(joining: parts, columnCount: count)
  }
}

extension NGramFeatures {
  /// The features by their frequency among some rows.
  ///
  /// - Parameter usesIDF: whether what occurs in few rows counts for more.
  package init(
    tfidfOf rows: TokenLists, _ index: Index, isSublinear: Bool, usesIDF: Bool, cores: Int
  ) {
    var idf: [Double] = []
    if usesIDF {
      let presence = NGramFeatures(index, .presence).matrix(of: rows, cores: cores)
      idf = TFIDF.idf(rowCounts: presence.columnCounts, of: rows.count)
    }
    self.init(index, .tfidf(TFIDF(isSublinear: isSublinear, idf: idf)))
  }
}
