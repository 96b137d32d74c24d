import Datasets
import Diagnostics
import LinearModels
import Metrics
import ModelKinds
import Text

/// What a classifier is held against on the same rows: two models that cost nothing to make.
struct ClassificationBaselines {
  /// The class that most training rows have, the first of several.
  let majorityClass: Int
  /// Of naive Bayes over tokens and pairs of tokens, case ignored: sets of them, smoothing 0.5.
  let naiveBayes: ClassificationCounts

  /// Makes both from the training rows and scores them on the others.
  ///
  /// - Parameter vocabulary: of the tokens of all rows.
  /// - Returns: nil when there are no training rows, or they have other classes.
  init?(
    train: Dataset, test: Dataset, vocabulary: Vocabulary, cores: Int
  ) throws(Diagnostic) {
    let reading = TokenReading(vocabulary, ignoresCase: true)
    guard train.count > 0, train.classNames == test.classNames,
      train.columns[0].vocabularySize == reading.count,
      test.columns[0].vocabularySize == reading.count
    else { return nil }
    let counts = train.classCounts
    majorityClass = counts.indices.reduce(0) { counts[$1] > counts[$0] ? $1 : $0 }
    let model = try NGramModel(
      counting: train, readBy: reading, .init(lengths: 1...2), NaiveBayes(smoothing: 0.5),
      cores: cores)
    naiveBayes = try ClassificationTally(NGramClassifier(model, reading), on: test, cores: cores)
      .counts
  }
}
