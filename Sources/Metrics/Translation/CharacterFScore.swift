/// chrF, and chrF++ with words, as sacreBLEU 2 computes them.
///
/// F of the mean precision and mean recall of character n-grams. Popović 2015, 2017.
package struct CharacterFScore: TranslationMetric, Hashable {
  /// The longest n-grams of characters.
  package var characterOrder = 6
  /// The longest n-grams of words: 2 is chrF++.
  package var wordOrder = 0
  /// How many times recall weighs more than precision.
  package var beta = 2
  package var lowercase = false
  /// Counts n-grams across white space too.
  package var keepsWhitespace = false
  /// Averages over all orders, also those that a segment is too short for.
  package var usesEpsilonSmoothing = false

  package init() {}

  /// chrF++: words and pairs of words beside characters.
  package static var plusPlus: Self {
    var metric = Self()
    metric.wordOrder = 2
    return metric
  }

  package func signature(referenceCount: Int) -> String {
    "nrefs:\(referenceCount)|case:\(lowercase ? "lc" : "mixed")"
      + "|eff:\(usesEpsilonSmoothing ? "no" : "yes")|nc:\(characterOrder)|nw:\(wordOrder)"
      + "|space:\(keepsWhitespace ? "yes" : "no")"
  }

  private var orders: Int { characterOrder + wordOrder }

  /// What n-grams are made of, as hashes.
  private struct Units {
    let characters: [UInt64]
    let words: [UInt64]
  }

  private func units(_ text: String) -> Units {
    guard lowercase || wordOrder > 0 else {
      return Units(characters: characters(of: text.utf8.span), words: [])
    }
    let bytes = lowercase ? lowercased(text) : Array(text.utf8)
    return Units(
      characters: characters(of: bytes.span),
      words: wordOrder == 0 ? [] : Words.splittingPunctuation(bytes).map(hashOfBytes))
  }

  /// The scalars of a text in valid UTF-8.
  private func characters(of text: Span<UInt8>) -> [UInt64] {
    var characters: [UInt64] = []
    characters.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      let space = keepsWhitespace ? 0 : Words.spaceLength(in: text, at: index)
      if space == 0 {
        let scalar = Words.scalar(in: text, at: index)
        characters.append(spread(UInt64(scalar.value) + 1))
        index += scalar.length
      } else {
        index += space
      }
    }
    return characters
  }
}

extension CharacterFScore {
  /// Of each segment, by order: n-grams of the hypothesis, of the best reference, and matches.
  package func statistics(
    of hypotheses: [String], against references: [[String]]
  ) -> SegmentStatistics {
    var statistics = SegmentStatistics(width: 3 * orders)
    var table = NGramTable()
    forEachSegment(hypotheses, references) { hypothesis, references in
      let units = units(hypothesis)
      var best: (value: Double, sums: [Double]) = (-1, [])
      for reference in references {
        let sums = counts(of: units, against: self.units(reference), using: &table)
        let value = value(ofSums: sums)
        if value > best.value { best = (value, sums) }
      }
      let start = statistics.appendSegment()
      for (column, number) in best.sums.enumerated() { statistics[start + column] = number }
    }
    return statistics
  }

  private func counts(
    of hypothesis: Units, against reference: Units, using table: inout NGramTable
  ) -> [Double] {
    var counts: [Double] = []
    counts.reserveCapacity(3 * orders)
    for (hypothesis, reference, order) in [
      (hypothesis.characters, reference.characters, characterOrder),
      (hypothesis.words, reference.words, wordOrder),
    ] where order > 0 {
      let found = NGramMatches(
        of: hypothesis, in: [reference], maximumOrder: order, using: &table)
      for n in 0..<order {
        let possible = max(0, reference.count - n)
        counts.append(possible > 0 ? Double(found.totals[n]) : 0)
        counts.append(Double(possible))
        counts.append(Double(found.matches[n]))
      }
    }
    return counts
  }

  package func value(ofSums sums: [Double]) -> Double {
    let tiny = 1e-16
    let weight = Double(beta * beta)
    var (precision, recall, smoothed, effective) = (0.0, 0.0, 0.0, 0.0)
    for order in 0..<orders {
      let (own, possible, matches) = (sums[3 * order], sums[3 * order + 1], sums[3 * order + 2])
      let p = own > 0 ? matches / own : tiny
      let r = possible > 0 ? matches / possible : tiny
      smoothed += weight * p + r > 0 ? (1 + weight) * p * r / (weight * p + r) : tiny
      if own > 0, possible > 0 {
        precision += p
        recall += r
        effective += 1
      }
    }
    if usesEpsilonSmoothing { return 100 * smoothed / Double(orders) }
    guard precision + recall > 0 else { return 0 }
    (precision, recall) = (precision / effective, recall / effective)
    return 100 * (1 + weight) * precision * recall / (weight * precision + recall)
  }
}

extension Metric {
  package static let chrF = Metric(
    "chrf2", .translations(CharacterFScore()), better: .higher, places: 2, test: .pairedBootstrap)

  package static let chrFPlusPlus = Metric(
    "chrf2++", .translations(CharacterFScore.plusPlus), better: .higher, places: 2,
    test: .pairedBootstrap)
}
