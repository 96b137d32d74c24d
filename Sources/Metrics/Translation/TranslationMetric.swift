/// A score that is computed from sums over segments, and so can be resampled.
package protocol SegmentMetric: Sendable {
  /// The score of summed statistics.
  func value(ofSums sums: [Double]) -> Double
}

/// A score of translations beside their references, in percent.
package protocol TranslationMetric: SegmentMetric {
  /// The numbers of each segment; `references[r][i]` is the r-th reference of segment i.
  func statistics(of hypotheses: [String], against references: [[String]]) -> SegmentStatistics

  /// What the score was computed with, in sacreBLEU's notation without its version.
  func signature(referenceCount: Int) -> String
}

extension TranslationMetric {
  /// The score of a corpus, in percent.
  package func value(of hypotheses: [String], against references: [[String]]) -> Double {
    value(ofSums: statistics(of: hypotheses, against: references).sums())
  }
}

/// Checks that every hypothesis has its references, and gives each with them.
func forEachSegment(
  _ hypotheses: [String], _ references: [[String]],
  _ body: (_ hypothesis: String, _ references: [String]) -> Void
) {
  precondition(!references.isEmpty, "no references for \(hypotheses.count) hypotheses")
  for set in references {
    precondition(
      set.count == hypotheses.count,
      "\(set.count) references for \(hypotheses.count) hypotheses")
  }
  for (i, hypothesis) in hypotheses.enumerated() { body(hypothesis, references.map { $0[i] }) }
}
