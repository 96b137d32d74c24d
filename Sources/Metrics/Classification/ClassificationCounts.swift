/// What a classifier's scores are computed from: its choices, and the probabilities of the true classes.
package struct ClassificationCounts: Hashable, Sendable {
  package var confusion: ConfusionMatrix
  package var logLoss = LogLoss()

  package init(classCount: Int) { confusion = ConfusionMatrix(classCount: classCount) }

  /// The value of a metric; nil for one that is not of classes.
  package func value(of metric: Metric) -> Double? {
    switch metric.basis {
    case .confusion(let score): score(confusion)
    case .probabilities(let score): score(logLoss)
    case .translations, .tokenLosses: nil
    }
  }
}
