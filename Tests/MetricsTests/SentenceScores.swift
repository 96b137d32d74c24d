import Metrics

extension BLEU {
  /// The score of one segment, over the orders it is long enough for.
  func sentenceScore(_ hypothesis: String, references: [String]) -> BLEUScore {
    var metric = self
    metric.usesEffectiveOrder = true
    return metric.score([hypothesis], references: references.map { [$0] })
  }
}

extension CharacterFScore {
  /// The score of one segment, in percent.
  func sentenceScore(_ hypothesis: String, references: [String]) -> Double {
    value(of: [hypothesis], against: references.map { [$0] })
  }
}
