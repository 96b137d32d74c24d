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
    let model = NGramModel(
      counting: learning.tokens, ngrams.vocabulary(of: learning.tokens),
      labels: learning.rows.labels, classCount: learning.rows.classNames.count, naiveBayes,
      cores: learning.work.cores)
    return try learning.finish(model, of: Self.self, summary: [])
  }
}

extension NGramModel {
  /// Counts the n-grams of rows with a class each.
  package init(
    counting tokens: TokenLists, _ vocabulary: NGramVocabulary, labels: [Int32], classCount: Int,
    _ naiveBayes: NaiveBayes, cores: Int
  ) {
    features = NGramFeatures(.vocabulary(vocabulary), .presence)
    model = naiveBayes.fit(
      features.matrix(of: tokens, cores: cores), labels: labels, classCount: classCount)
  }
}
