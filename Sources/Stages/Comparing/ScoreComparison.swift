import Artifacts
import Diagnostics
import Metrics
import Pipelines

/// The scores of two results of one evaluation, and whether they differ by more than chance.
package struct ScoreComparison: Sendable {
  /// One score on both sides.
  package struct Line: Sendable {
    package let name: String
    package let a: Double
    package let b: Double
    /// Nil where there is no test for the score, or the rows are not the same.
    package internal(set) var significance: Significance?
  }

  /// What a paired test says of two scores.
  package struct Significance: Sendable {
    /// `McNemar`, `paired bootstrap`.
    package let test: String
    package let pValue: Double
    /// How much b − a varies; nil when the test does not tell.
    package let difference: ConfidenceInterval?
  }

  package let stage: String
  package private(set) var lines: [Line]
  /// How many rows of both the tests are on.
  package let rowCount: Int
  /// What keeps the two from being tested; nil when nothing does.
  package let obstacle: String?

  /// Scores that are worth a line, in the order of people's interest.
  private static let shownNames = [
    "accuracy", "macro-f1", "micro-f1", "weighted-f1", "log-loss", "bleu", "bleu4-tokenized",
    "chrf2", "chrf2++", "ter", "perplexity",
  ]

  /// Nil when the stage gave no scores.
  init?(
    _ stage: String, _ a: Record, _ b: Record, in store: ArtifactStore
  ) throws(Diagnostic) {
    func scores(_ record: Record) throws(Diagnostic) -> JSONValue? {
      guard let output = record.outputs.first(where: { $0.type == ArtifactType.scores.name }),
        try !store.isEvicted(output.digest)
      else { return nil }
      return try JSONValue(parsing: try store.open(output.digest).contents, file: output.port)
    }
    guard let first = try scores(a), let second = try scores(b) else { return nil }
    self.stage = stage
    lines = Self.shownNames.compactMap { name in
      guard let x = first[name]?.doubleValue, let y = second[name]?.doubleValue else { return nil }
      return Line(name: name, a: x, b: y)
    }
    guard let rows = try PairedRows(a, b, in: store) else {
      (rowCount, obstacle) = (0, "its rows are no longer in the store, so nothing can be tested")
      return
    }
    rowCount = rows.count
    obstacle = rows.obstacle
    guard rows.obstacle == nil else { return }
    for index in lines.indices where lines[index].a != lines[index].b {
      lines[index].significance = rows.significance(of: lines[index].name, expecting: lines[index])
    }
  }
}

extension PairedRows {
  /// Whether the two differ in a score by more than chance.
  ///
  /// - Parameter line: nil comes back when computing the scores anew does not give these, as when
  ///   another option of the measure was chosen or some rows have no pair.
  fileprivate func significance(
    of name: String, expecting line: ScoreComparison.Line
  ) -> ScoreComparison.Significance? {
    switch content {
    case .predictions(let predictions):
      guard let score = ConfusionMatrix.score(named: name) else { return nil }
      let paired = Resampling().pairedBootstrap(predictions, scoredBy: score)
      // Where every row has one class, micro-F1 is the accuracy.
      let isCounted = name == "accuracy" || name == "micro-f1"
      return ScoreComparison.Significance(
        test: isCounted ? "McNemar" : "paired bootstrap",
        pValue: isCounted ? McNemarTest(predictions).pValue : paired.pValue,
        difference: paired.difference)
    case .sentences(let a, let b, let references):
      guard let metric = Self.metric(name) else { return nil }
      let paired = Resampling().pairedBootstrap(
        metric.statistics(of: a, against: references),
        metric.statistics(of: b, against: references), scoredBy: metric)
      let isSame = abs(paired.a - line.a) < 1e-6 && abs(paired.b - line.b) < 1e-6
      guard isSame || !isWhole else { return nil }
      return ScoreComparison.Significance(
        test: "paired bootstrap", pValue: paired.pValue, difference: paired.difference)
    }
  }

  private static func metric(_ name: String) -> (any TranslationMetric)? {
    switch name {
    case "bleu": return BLEU()
    case "chrf2": return CharacterFScore()
    case "chrf2++":
      var metric = CharacterFScore()
      metric.wordOrder = 2
      return metric
    default: return nil
    }
  }
}
