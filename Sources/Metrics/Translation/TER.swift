/// Translation edit rate: edits and shifts of phrases a reference word, as sacreBLEU's Tercom.
///
/// Snover and others 2006.
package struct TER: TranslationMetric, Hashable {
  /// Sets punctuation off from words and decodes entities.
  package var normalizes = false
  package var removesPunctuation = false
  /// Takes ideographs one by one, where one of the two options above is on.
  package var supportsAsian = false
  package var isCaseSensitive = false

  package init() {}

  package func signature(referenceCount: Int) -> String {
    func answer(_ flag: Bool) -> String { flag ? "yes" : "no" }
    return "nrefs:\(referenceCount)|case:\(isCaseSensitive ? "mixed" : "lc")|tok:tercom"
      + "|norm:\(answer(normalizes))|punct:\(answer(!removesPunctuation))"
      + "|asian:\(answer(supportsAsian))"
  }

  /// Of each segment: the edits to the nearest reference, and the mean reference length.
  package func statistics(
    of hypotheses: [String], against references: [[String]]
  ) -> SegmentStatistics {
    let tokenizer = TERTokenizer(
      normalizes: normalizes, removesPunctuation: removesPunctuation,
      supportsAsian: supportsAsian, isCaseSensitive: isCaseSensitive)
    var statistics = SegmentStatistics(width: 2)
    forEachSegment(hypotheses, references) { hypothesis, references in
      let words = tokenizer.hashes(ofHypothesis: hypothesis)
      let references = references.map(tokenizer.hashes(ofReference:))
      let edits = references.map { reference in
        var alignment = ShiftedAlignment(words, to: reference)
        return alignment.edits()
      }
      let start = statistics.appendSegment()
      statistics[start] = Double(edits.min() ?? 0)
      statistics[start + 1] =
        Double(references.reduce(0) { $0 + $1.count }) / Double(references.count)
    }
    return statistics
  }

  package func value(ofSums sums: [Double]) -> Double {
    let (edits, length) = (sums[0], sums[1])
    return length > 0 ? 100 * edits / length : edits > 0 ? 100 : 0
  }
}

extension Metric {
  package static let ter = Metric(
    "ter", .translations(TER()), better: .lower, places: 2, test: .pairedBootstrap)
}
