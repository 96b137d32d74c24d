/// The mean of resampled scores, and half the width of the interval that holds 95 % of them.
package struct ConfidenceInterval: Hashable, Sendable {
  package let mean: Double
  package let halfWidth: Double

  init(_ scores: [Double]) {
    let sorted = scores.sorted()
    let cut = sorted.count / 40
    mean = scores.reduce(0, +) / Double(scores.count)
    halfWidth = (sorted[sorted.count - cut - 1] - sorted[cut]) / 2
  }
}

/// How two systems compare on the same segments.
package struct PairedComparison: Hashable, Sendable {
  package let a: Double
  package let b: Double
  /// How often chance alone makes a difference as large as that seen.
  package let pValue: Double
  /// The smallest p-value that so many samples can give.
  package let leastPValue: Double
  /// How much b − a varies over resampled corpora; nil from a test that does not resample.
  package let difference: ConfidenceInterval?
}

/// The uncertainty of a score, estimated by resampling segments as sacreBLEU does.
///
/// Koehn 2004.
package struct Resampling: Hashable, Sendable {
  package var seed: UInt32 = 12_345
  package var samples = 1_000

  package init() {}

  /// The interval of a score over resampled corpora; at least one segment is needed.
  package func interval(
    of statistics: SegmentStatistics, scoredBy metric: some SegmentMetric
  ) -> ConfidenceInterval {
    ConfidenceInterval(resampledScores(of: [statistics], scoredBy: metric)[0])
  }

  /// Whether two systems differ, by how much their difference varies over resampled corpora.
  package func pairedBootstrap(
    _ a: SegmentStatistics, _ b: SegmentStatistics, scoredBy metric: some SegmentMetric
  ) -> PairedComparison {
    paired(
      metric.value(ofSums: a.sums()), metric.value(ofSums: b.sums()),
      resampledScores(of: [a, b], scoredBy: metric))
  }

  /// How the scores of two whole corpora compare, given their scores on the same resampled ones.
  ///
  /// Equal scores have a p-value of 1, because every resampled difference is at least as large as
  /// none; sacreBLEU's counting gives two identical systems its smallest p-value.
  func paired(_ a: Double, _ b: Double, _ scores: [[Double]]) -> PairedComparison {
    let differences = zip(scores[0], scores[1]).map { $1 - $0 }
    let mean = differences.reduce(0) { $0 + abs($1) } / Double(samples)
    let larger = differences.count { abs($0) - mean > abs(a - b) }
    let isEqual = abs(a - b) <= 1e-12 * max(abs(a), abs(b))
    return PairedComparison(
      a: a, b: b, pValue: isEqual ? 1 : Double(larger + 1) / Double(samples + 1),
      leastPValue: 1 / Double(samples + 1), difference: ConfidenceInterval(differences))
  }

  /// The scores of each system on the same resampled corpora.
  private func resampledScores(
    of systems: [SegmentStatistics], scoredBy metric: some SegmentMetric
  ) -> [[Double]] {
    let count = systems[0].count
    precondition(
      count > 0 && systems.allSatisfy { $0.count == count },
      "systems of \(systems.map(\.count)) segments")
    return resampled(count, systems: systems.count) { system, segments in
      metric.value(ofSums: systems[system].sums(of: segments))
    }
  }

  /// A score of each system on `samples` corpora drawn, with repetition, from `count` segments.
  func resampled(
    _ count: Int, systems: Int, score: (_ system: Int, _ segments: [Int]) -> Double
  ) -> [[Double]] {
    var random = PCG64(seed: seed)
    var scores = [[Double]](repeating: [], count: systems)
    for _ in 0..<samples {
      let segments = random.integers(below: count, count: count)
      for system in 0..<systems { scores[system].append(score(system, segments)) }
    }
    return scores
  }
}
