/// Comparisons of two settings that were each trained from several seeds, run by run.
///
/// What is compared are means over the runs, on the same resampled rows.
extension Resampling {
  /// Whether two ways to train a classifier differ in a score.
  ///
  /// - Parameter runs: for each seed what the two classifiers said, of the same rows in each.
  package func pairedBootstrap(
    ofRuns runs: [PairedPredictions], scoredBy score: (ConfusionMatrix) -> Double
  ) -> PairedComparison {
    let count = runs.first?.truth.count ?? 0
    precondition(
      count > 0 && runs.allSatisfy { $0.truth.count == count },
      "runs of \(runs.map(\.truth.count)) rows")
    func mean(_ system: Int, _ rows: some Sequence<Int>) -> Double {
      runs.reduce(0) { sum, run in
        sum + score(run.matrix(of: system == 0 ? run.a : run.b, rows: rows))
      } / Double(runs.count)
    }
    let scores = resampled(count, systems: 2) { mean($0, $1) }
    return paired(mean(0, 0..<count), mean(1, 0..<count), scores)
  }

  /// Whether two ways to train a translator differ in a score.
  package func pairedBootstrap(
    ofRuns a: [SegmentStatistics], _ b: [SegmentStatistics],
    scoredBy metric: some SegmentMetric
  ) -> PairedComparison {
    let count = a.first?.count ?? 0
    precondition(
      count > 0 && !b.isEmpty && (a + b).allSatisfy { $0.count == count },
      "runs of \((a + b).map(\.count)) segments")
    func mean(_ system: Int, _ segments: some Sequence<Int>) -> Double {
      let runs = system == 0 ? a : b
      return runs.reduce(0) { $0 + metric.value(ofSums: $1.sums(of: segments)) }
        / Double(runs.count)
    }
    let scores = resampled(count, systems: 2) { mean($0, $1) }
    return paired(mean(0, 0..<count), mean(1, 0..<count), scores)
  }

  /// The interval of a score of the first classifier, as the mean over its runs.
  package func interval(
    ofRuns runs: [PairedPredictions], scoredBy score: (ConfusionMatrix) -> Double
  ) -> ConfidenceInterval {
    let count = runs.first?.truth.count ?? 0
    precondition(count > 0, "no rows to resample")
    let scores = resampled(count, systems: 1) { _, rows in
      runs.reduce(0) { $0 + score($1.matrix(of: $1.a, rows: rows)) } / Double(runs.count)
    }
    return ConfidenceInterval(scores[0])
  }

  /// The interval of a translator's score, as the mean over its runs.
  package func interval(
    ofRuns runs: [SegmentStatistics], scoredBy metric: some SegmentMetric
  ) -> ConfidenceInterval {
    let count = runs.first?.count ?? 0
    precondition(count > 0, "no segments to resample")
    let scores = resampled(count, systems: 1) { _, segments in
      runs.reduce(0) { $0 + metric.value(ofSums: $1.sums(of: segments)) } / Double(runs.count)
    }
    return ConfidenceInterval(scores[0])
  }
}
