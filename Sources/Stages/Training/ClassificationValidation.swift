import Datasets
import Diagnostics
import Metrics
import Models
import Tensors
import Training

/// The scores of a classifier on labelled rows, counted over all of them.
struct ClassificationTally {
  private(set) var confusion: ConfusionMatrix
  private(set) var logLoss = LogLoss()

  /// Runs the model over a dataset.
  ///
  /// - Parameter body: is given each row with its probabilities and the likeliest class.
  init<M: Classifier>(
    _ model: M, _ weights: ParameterBuffer, on dataset: Dataset, cores: Int, blas: OpenBLAS,
    _ body: (_ row: Int, _ probabilities: Span<Float>, _ predicted: Int) -> Void = { _, _, _ in }
  ) throws(Diagnostic) {
    var confusion = ConfusionMatrix(classCount: model.classCount)
    var logLoss = LogLoss()
    let evaluator = Evaluator(model, cores: cores, blas: blas)
    try evaluator.evaluate(dataset.classification(), with: weights) { row, probabilities in
      var best = 0
      for label in probabilities.indices where probabilities[label] > probabilities[best] {
        best = label
      }
      let truth = Int(dataset.labels[row])
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
