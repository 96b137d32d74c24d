import Metrics

extension Metric {
  /// The mean over classes of the share of their rows that were given the class.
  package static let macroRecall = Metric(
    "macro-recall", .confusion { $0.average(.macro).recall }, better: .higher, places: 4,
    test: .pairedBootstrap, isStandard: false)
}
