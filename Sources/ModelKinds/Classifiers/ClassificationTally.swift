import Datasets
import Diagnostics
import Metrics

/// The scores of a classifier on labelled rows, counted over all of them.
package struct ClassificationTally {
  package let counts: ClassificationCounts

  /// Runs a classifier over a dataset.
  ///
  /// - Parameter body: called with each row, its probabilities and the likeliest class.
  package init(
    _ classifier: some TrainedClassifier, on rows: Dataset, cores: Int,
    _ body: (_ row: Int, _ probabilities: Span<Float>, _ predicted: Int) -> Void = { _, _, _ in }
  ) throws(Diagnostic) {
    var counts = ClassificationCounts(classCount: classifier.classCount)
    try classifier.classify(rows, cores: cores) { row, probabilities in
      var best = 0
      for label in probabilities.indices where probabilities[label] > probabilities[best] {
        best = label
      }
      let truth = Int(rows.labels[row])
      counts.confusion.add(true: truth, predicted: best)
      counts.logLoss.add(probability: Double(probabilities[truth]))
      body(row, probabilities, best)
    }
    self.counts = counts
  }

  /// The scores by name; a metric that is not standard is included when it is watched.
  package func scores(watching watched: String) -> [String: Double] {
    var scores = ["loss": counts.logLoss.value]
    for metric in Metric.ofClasses where metric.isStandard || metric.name == watched {
      scores[metric.name] = counts.value(of: metric)
    }
    return scores
  }

  /// The scores that `watch` can name.
  package static let scoreNames = ["loss"] + Metric.ofClasses.map(\.name)
}
