import Diagnostics
import LinearModels
import Pipelines

/// What a definition says of n-grams that are weighed by TF-IDF.
struct TFIDFOptions: Sendable {
  private let ngrams: NGramOptions
  private let buckets: Int?
  private let isSublinear: Bool
  private let usesIDF: Bool

  /// Declares and reads the options of every model of such n-grams.
  ///
  /// - Parameter standardSize: how many n-grams are kept unless the definition says; nil: all.
  init(from options: inout StageOptions, standardSize: Int? = nil) {
    ngrams = NGramOptions(from: &options, standardSize: standardSize)
    buckets = options.optionalInteger(
      "buckets", in: 1...100_000_000, unset: "none: n-grams are listed",
      "how many buckets n-grams are hashed into, without a list of them")
    for name in ["minimum-count", "size"] where buckets != nil && options.isGiven(name) {
      options.reject(name, .countedInBuckets(name))
    }
    isSublinear = options.flag(
      "sublinear", default: true, "whether an n-gram that occurs n times counts 1 + ln n")
    usesIDF = options.flag(
      "idf", default: true, "whether an n-gram counts for more, the fewer rows it occurs in")
  }

  /// What gives n-grams their numbers, by what occurs in some rows.
  func index(of rows: TokenLists) -> NGramFeatures.Index {
    if let buckets {
      .hashing(NGramHashing(lengths: ngrams.lengths, bucketCount: buckets))
    } else {
      .vocabulary(NGramVocabulary(of: rows, ngrams.limits))
    }
  }

  /// The features of such an index by their frequency among some rows, and those rows' values.
  func features(
    of rows: TokenLists, by index: NGramFeatures.Index, cores: Int
  ) -> (features: NGramFeatures, matrix: SparseRows) {
    NGramFeatures.tfidf(
      of: rows, index, isSublinear: isSublinear, usesIDF: usesIDF, cores: cores)
  }
}

extension Diagnostic.Message {
  fileprivate static func countedInBuckets(_ name: String) -> Self {
    Self(
      "\(name) means nothing with buckets, where n-grams are not counted one by one",
      remedy: "remove \(name), or buckets")
  }
}
