import Artifacts
import Diagnostics
import ModelKinds
import Pipelines
import Stages

/// Why a classifier on record said what it said of rows: words, and the probabilities of other classes.
package struct WordReasons {
  /// Words, and how much they speak for the class that was predicted; below 0, for the true one.
  package typealias Effect = (words: String, effect: Double)

  /// The most words that are named of each sign.
  private static let most = 5
  /// Less than this is not worth a word.
  private static let least = 0.005

  private var classifier: TextClassifier

  /// Nil when the model that a stage on record scored is no longer in the store, or cannot be used.
  package init?(of record: Record, in store: ArtifactStore) throws(Diagnostic) {
    guard let digest = record.keyValue("model").flatMap(StageKey.digest),
      try store.isIntact(digest),
      let classifier = try? TextClassifier(store.open(digest), named: "model", in: .standard)
    else { return nil }
    self.classifier = classifier
  }

  /// The probability that a raw text is of a class; nil when the classifier has none of that name.
  package mutating func probability(of name: String, for text: String) -> Double? {
    classifier.classify(text).classes.first { $0.name == name }.map { Double($0.probability) }
  }

  /// The words of a raw text that speak most for the one class, and then for the other.
  package mutating func effects(
    of text: String, for predicted: String, against truth: String
  ) -> [Effect] {
    let all = classifier.effects(of: text, for: predicted, against: truth)
      .filter { abs($0.effect) >= Self.least }
    return Array(all.filter { $0.effect > 0 }.prefix(Self.most))
      + Array(all.filter { $0.effect < 0 }.prefix(Self.most))
  }

  /// `for chef: oven +1.20, bread +0.80; for baker: dough −2.10`; empty without any words.
  package static func words(
    of effects: [Effect], for predicted: String, against truth: String
  ) -> String {
    func list(_ name: String, _ chosen: [Effect], _ sign: String) -> String? {
      guard !chosen.isEmpty else { return nil }
      let words = chosen.map { "\($0.words) \(sign)\(Spelling.fixed(abs($0.effect), places: 2))" }
      return "for \(name): \(words.joined(separator: ", "))"
    }
    return [
      list(predicted, effects.filter { $0.effect > 0 }, "+"),
      list(truth, effects.filter { $0.effect < 0 }, "−"),
    ].compactMap(\.self).joined(separator: "; ")
  }
}
