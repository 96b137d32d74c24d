/// A score that results are compared by: its name, which way is better, how it is written and tested.
package struct Metric: Sendable {
  /// Which of two values is the better one.
  package enum Direction: Sendable {
    case higher, lower
  }

  /// How a difference between two results on the same rows is tested.
  package enum Test: Sendable {
    /// McNemar's test of the rows that only one of two gets right. Several runs classify the same rows
    /// and so are not independent; for them rows are resampled, each with the classes of all runs.
    case mcNemar
    case pairedBootstrap
    /// It is not tested; the text says why.
    case none(String)
  }

  /// What the score is computed from.
  package enum Basis: Sendable {
    /// How often rows of each class were given each class.
    case confusion(@Sendable (ConfusionMatrix) -> Double)
    /// The probabilities that rows' true classes were given.
    case probabilities(@Sendable (LogLoss) -> Double)
    /// Translations and their references, with the measure's usual options.
    case translations(any TranslationMetric)
    /// What a translator gives each token of given translations.
    case tokenLosses(TokenLoss)
  }

  /// As definitions, JSON and every screen have it: `macro-f1`.
  package let name: String
  package let direction: Direction
  /// The decimals it is shown with: two where 100 is the most, four for shares.
  package let places: Int
  package let test: Test
  package let basis: Basis
  /// Whether it is computed unless a definition says otherwise.
  ///
  /// False for metrics that are added later, so that no existing result has to be made again.
  package let isStandard: Bool

  package init(
    _ name: String, _ basis: Basis, better direction: Direction, places: Int, test: Test,
    isStandard: Bool = true
  ) {
    self.name = name
    self.basis = basis
    self.direction = direction
    self.places = places
    self.test = test
    self.isStandard = isStandard
  }
}
