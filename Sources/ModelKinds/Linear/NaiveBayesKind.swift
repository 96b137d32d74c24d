import Datasets
import Diagnostics
import LinearModels
import Pipelines

/// Naive Bayes over the n-grams that a row has, however often each.
package struct NaiveBayesKind: NGramClassifierKind {
  package static let name = "naive-bayes"
  package static let manual = """
    naive-bayes counts, for each class, the rows that an n-gram of tokens occurs in. It takes
    milliseconds, and a model that is no better is not worth its training.
    """

  private let ngrams: NGramOptions
  private let naiveBayes: NaiveBayes
  private let ignoresCase: Bool

  package init(from options: inout StageOptions) {
    ngrams = NGramOptions(from: &options)
    naiveBayes = NaiveBayes(
      smoothing: options.number(
        "smoothing", default: 0.5, in: .from(1e-6, through: 1e6),
        "what is added to each count"))
    ignoresCase = options.flag(
      "ignore-case", default: true, "whether tokens that differ in case alone are one")
  }

  package func train(_ staged: StagedTraining) throws(Diagnostic) -> StageOutcome {
    let learning = try NGramLearning(staged, ignoresCase: ignoresCase)
    let model = try NGramModel(
      counting: learning.rows, readBy: learning.reading, ngrams.limits, naiveBayes,
      cores: learning.work.cores)
    return try learning.finish(model, of: Self.self, summary: [])
  }
}

extension NGramModel {
  /// Counts the n-grams of labelled rows, in two passes over them.
  package init(
    counting rows: Dataset, readBy reading: TokenReading, _ limits: NGramVocabulary.Limits,
    _ naiveBayes: NaiveBayes, cores: Int
  ) throws(Diagnostic) {
    var ngrams = NGramCounts(upTo: limits.lengths.upperBound)
    try reading.forEachPart(of: rows) { _, tokens in ngrams.add(tokens) }
    let features = NGramFeatures(.vocabulary(NGramVocabulary(ngrams, limits)), .presence)
    var counts = NaiveBayesCounts(
      naiveBayes, featureCount: features.count, classCount: rows.classNames.count)
    try reading.forEachPart(of: rows) { part, tokens in
      counts.add(features.matrix(of: tokens, cores: cores), labels: rows.labels[part])
    }
    self.features = features
    model = counts.model
  }
}
