/// BLEU4 of given tokens, as fairseq's `score.py` and Moses' `multi-bleu.perl` compute it.
///
/// It has one reference and no smoothing, so an order without a match makes it 0. Figures on tokenised,
/// lower-cased text are not comparable with those of ``BLEU``. As in fairseq an empty segment
/// counts as one token, its end, and `<unk>` in a reference is never matched.
package struct TokenizedBLEU: TranslationMetric, Hashable {
  package var maximumOrder = 4
  package var lowercase = false
  /// Where the tokens come from, for the signature.
  package var tokenization = "given"

  package init() {}

  /// As evaluate computes it.
  package static var ofLowercase: Self {
    var metric = Self()
    metric.lowercase = true
    return metric
  }

  /// The score of a corpus of tokens separated by white space.
  package func score(_ hypotheses: [String], references: [String]) -> BLEUScore {
    score(ofSums: statistics(of: hypotheses, against: [references]).sums())
  }

  package func value(ofSums sums: [Double]) -> Double { score(ofSums: sums).value }

  package func signature(referenceCount: Int) -> String {
    "nrefs:1|case:\(lowercase ? "lc" : "mixed")|tok:\(tokenization)|smooth:none"
      + "|order:\(maximumOrder)"
  }

  /// Laid out as those of ``BLEU``; only the first set of references counts.
  package func statistics(
    of hypotheses: [String], against references: [[String]]
  ) -> SegmentStatistics {
    var statistics = SegmentStatistics(width: 2 + 2 * maximumOrder)
    var table = NGramTable()
    forEachSegment(hypotheses, references) { hypothesis, references in
      let matches = NGramMatches(
        of: tokens(hypothesis, unknown: 0), in: [tokens(references[0], unknown: 1)],
        maximumOrder: maximumOrder, using: &table)
      statistics.append(matches)
    }
    return statistics
  }

  package func score(ofSums sums: [Double]) -> BLEUScore {
    var bleu = BLEU()
    bleu.smoothing = .none
    bleu.maximumOrder = maximumOrder
    return bleu.score(ofSums: sums)
  }

  /// `unknown` differs on the two sides, so that unknown words are not taken for equal.
  private func tokens(_ text: String, unknown: UInt64) -> [UInt64] {
    let words = Words.split(lowercase ? lowercased(text) : Array(text.utf8))
    guard !words.isEmpty else { return [.max] }
    return words.map { $0.elementsEqual("<unk>".utf8) ? unknown : hashOfBytes($0) }
  }
}

extension BLEUScore {
  /// As fairseq prints it: `BLEU4 = 41.36, 72.3/49.8/34.9/24.8 (BP=0.985, ratio=0.985, …)`.
  package var fairseqDescription: String {
    let precisions = precisions.map { fixed($0, digits: 1) }.joined(separator: "/")
    return "BLEU\(self.precisions.count) = \(fixed(value, digits: 2)), \(precisions) "
      + "(BP=\(fixed(brevityPenalty, digits: 3)), ratio=\(fixed(lengthRatio, digits: 3)), "
      + "syslen=\(hypothesisLength), reflen=\(referenceLength))"
  }
}

extension Metric {
  package static let tokenizedBLEU = Metric(
    "bleu4-tokenized", .translations(TokenizedBLEU.ofLowercase), better: .higher, places: 2,
    test: .none("the tokens it is computed from are not kept"))
}
