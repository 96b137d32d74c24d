/// Which rows of a classifier's predictions are wanted, and in what order.
package struct PredictionSelection: Hashable, Sendable {
  /// The order of the rows.
  package enum Order: String, CaseIterable, Hashable, Sendable {
    /// As they were scored.
    case row
    /// By the probability of what was predicted, the surest first.
    case probability
  }

  /// Whether only rows that were given a wrong class are.
  package var isWrong: Bool
  /// The true class of the rows; nil for any.
  package var truth: String?
  /// The class that rows were given; nil for any.
  package var predicted: String?
  package var order: Order

  package init(
    isWrong: Bool = false, truth: String? = nil, predicted: String? = nil, order: Order = .row
  ) {
    self.isWrong = isWrong
    self.truth = truth
    self.predicted = predicted
    self.order = order
  }

  /// The options of `show` by which rows are chosen so.
  var optionNames: [String] {
    let names = [
      isWrong ? "--wrong" : nil, truth.map { _ in "--true" }, predicted.map { _ in "--predicted" },
    ].compactMap(\.self)
    return names.isEmpty ? ["--sort"] : names
  }
}
