import Datasets
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

  /// Counts the features of a dataset's rows, which are gone through part by part.
  func counts(
    of rows: Dataset, readBy reading: TokenReading, cores: Int
  ) throws(Diagnostic) -> FeatureRowCounts {
    var counts = FeatureRowCounts(of: try index(of: rows, readBy: reading))
    try reading.forEachPart(of: rows) { _, tokens in counts.add(tokens, cores: cores) }
    return counts
  }

  /// What gives n-grams their numbers, by what occurs in the rows.
  private func index(
    of rows: Dataset, readBy reading: TokenReading
  ) throws(Diagnostic) -> NGramFeatures.Index {
    if let buckets {
      return .hashing(NGramHashing(lengths: ngrams.lengths, bucketCount: buckets))
    }
    var counts = NGramCounts(upTo: ngrams.lengths.upperBound)
    try reading.forEachPart(of: rows) { _, tokens in counts.add(tokens) }
    return .vocabulary(NGramVocabulary(counts, ngrams.limits))
  }

  /// The features by their frequency among the rows that were counted.
  func features(by counts: FeatureRowCounts) -> NGramFeatures {
    counts.tfidf(isSublinear: isSublinear, usesIDF: usesIDF)
  }
}

extension Diagnostic.Message {
  fileprivate static func countedInBuckets(_ name: String) -> Self {
    Self(
      "\(name) means nothing with buckets, where n-grams are not counted one by one",
      remedy: "remove \(name), or buckets")
  }
}
