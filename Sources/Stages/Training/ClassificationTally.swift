import Datasets
import Diagnostics
import Metrics

/// The scores of a classifier on labelled rows, counted over all of them.
struct ClassificationTally {
  private(set) var confusion: ConfusionMatrix
  private(set) var logLoss = LogLoss()

  /// Runs a classifier over a dataset.
  ///
  /// - Parameter body: is given each row with its probabilities and the likeliest class.
  init(
    _ classifier: some TrainedClassifier, on rows: Dataset, cores: Int,
    _ body: (_ row: Int, _ probabilities: Span<Float>, _ predicted: Int) -> Void = { _, _, _ in }
  ) throws(Diagnostic) {
    var confusion = ConfusionMatrix(classCount: classifier.classCount)
    var logLoss = LogLoss()
    try classifier.classify(rows, cores: cores) { row, probabilities in
      var best = 0
      for label in probabilities.indices where probabilities[label] > probabilities[best] {
        best = label
      }
      let truth = Int(rows.labels[row])
      confusion.add(true: truth, predicted: best)
      logLoss.add(probability: Double(probabilities[truth]))
      body(row, probabilities, best)
    }
    self.confusion = confusion
    self.logLoss = logLoss
  }

  /// By name, as `watch` chooses among them.
  var scores: [String: Double] {
    [
      "loss": logLoss.value, "log-loss": logLoss.value, "accuracy": confusion.accuracy,
      "macro-f1": confusion.average(.macro).f1, "micro-f1": confusion.average(.micro).f1,
      "weighted-f1": confusion.average(.weighted).f1,
    ]
  }

  static let scoreNames = ["loss", "log-loss", "accuracy", "macro-f1", "micro-f1", "weighted-f1"]
}
