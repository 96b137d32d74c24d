import Glibc

/// How well a translator expects given translations: its mean loss per token, or a power of it.
package struct TokenLoss: SegmentMetric, Hashable {
  /// Whether the loss is the one of training, with its label smoothing.
  package let isSmoothed: Bool
  /// Whether the score is e to the power of the loss.
  package let isPower: Bool

  /// Of each pair: its loss summed over its tokens, and how many tokens it has.
  package func statistics(ofMeans means: [Double], tokenCounts: [Int]) -> SegmentStatistics {
    precondition(
      means.count == tokenCounts.count, "\(means.count) losses of \(tokenCounts.count) pairs")
    var statistics = SegmentStatistics(width: 2)
    for (mean, count) in zip(means, tokenCounts) {
      let start = statistics.appendSegment()
      statistics[start] = mean * Double(count)
      statistics[start + 1] = Double(count)
    }
    return statistics
  }

  package func value(ofSums sums: [Double]) -> Double {
    let mean = sums[0] / max(1, sums[1])
    return isPower ? exp(mean) : mean
  }
}

extension Metric {
  package static let perplexity = Metric(
    "perplexity", .tokenLosses(TokenLoss(isSmoothed: false, isPower: true)), better: .lower,
    places: 2,
    test: .pairedBootstrap)

  /// In natural logarithms, without label smoothing.
  package static let negativeLogLikelihood = Metric(
    "nll", .tokenLosses(TokenLoss(isSmoothed: false, isPower: false)), better: .lower, places: 4,
    test: .pairedBootstrap)

  /// The loss that training minimises, for a translator with its label smoothing.
  package static let loss = Metric(
    "loss", .tokenLosses(TokenLoss(isSmoothed: true, isPower: false)), better: .lower, places: 4,
    test: .pairedBootstrap)
}
