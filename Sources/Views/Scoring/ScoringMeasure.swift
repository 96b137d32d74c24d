import Metrics

/// A measure of translations, with the name that sacreBLEU prints.
package struct ScoringMeasure: Sendable {
  /// `BLEU`, `chrF2++`, `TER`.
  let title: String
  let metric: any TranslationMetric

  package init(_ bleu: BLEU) { self.init("BLEU", bleu) }

  package init(_ score: CharacterFScore) {
    self.init("chrF\(score.beta)" + String(repeating: "+", count: score.wordOrder), score)
  }

  package init(_ rate: TER) { self.init("TER", rate) }

  private init(_ title: String, _ metric: any TranslationMetric) {
    self.title = title
    self.metric = metric
  }

  /// For single sentences: BLEU then leaves out the orders that a sentence is too short for.
  var ofSentences: ScoringMeasure {
    guard var bleu = metric as? BLEU else { return self }
    bleu.usesEffectiveOrder = true
    return ScoringMeasure(bleu)
  }
}
