import Datasets
import Diagnostics
import Metrics
import Models
import Tensors
import Training

/// The scores of a classifier on labelled rows, counted over all of them.
struct ClassificationTally {
  let counts: ClassificationCounts

  /// Runs the model over a dataset.
  ///
  /// - Parameter body: is given each row with its probabilities and the likeliest class.
  init<M: Classifier>(
    _ model: M, _ weights: ParameterBuffer, on dataset: Dataset, cores: Int, blas: OpenBLAS,
    _ body: (_ row: Int, _ probabilities: Span<Float>, _ predicted: Int) -> Void = { _, _, _ in }
  ) throws(Diagnostic) {
    var counts = ClassificationCounts(classCount: model.classCount)
    let evaluator = Evaluator(model, cores: cores, blas: blas)
    try evaluator.evaluate(dataset.classification(), with: weights) { row, probabilities in
      var best = 0
      for label in probabilities.indices where probabilities[label] > probabilities[best] {
        best = label
      }
      let truth = Int(dataset.labels[row])
      counts.confusion.add(true: truth, predicted: best)
      counts.logLoss.add(probability: Double(probabilities[truth]))
      body(row, probabilities, best)
    }
    self.counts = counts
  }

  /// By name; a metric that is not standard is among them when it is watched.
  func scores(watching watched: String) -> [String: Double] {
    var scores = ["loss": counts.logLoss.value]
    for metric in Metric.ofClasses where metric.isStandard || metric.name == watched {
      scores[metric.name] = counts.value(of: metric)
    }
    return scores
  }

  /// What `watch` chooses among.
  static let scoreNames = ["loss"] + Metric.ofClasses.map(\.name)
}
