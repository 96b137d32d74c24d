extension Metric {
  package static let accuracy = Metric(
    "accuracy", .confusion(\.accuracy), better: .higher, places: 4, test: .mcNemar)

  package static let macroF1 = Metric(
    "macro-f1", .confusion { $0.average(.macro).f1 }, better: .higher, places: 4,
    test: .pairedBootstrap)

  /// Where every row has one class, this is the accuracy.
  package static let microF1 = Metric(
    "micro-f1", .confusion { $0.average(.micro).f1 }, better: .higher, places: 4, test: .mcNemar)

  package static let weightedF1 = Metric(
    "weighted-f1", .confusion { $0.average(.weighted).f1 }, better: .higher, places: 4,
    test: .pairedBootstrap)
}
