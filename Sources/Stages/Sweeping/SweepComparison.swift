import Artifacts
import Metrics
import Pipelines

/// Which points of a sweep are worse than the best one, as far as the same test rows can tell.
package struct SweepComparison: Sendable {
  /// By the point's place: how often chance alone makes such a difference to the best, Holm-corrected.
  package let pValues: [Int: Double]
  /// How it was tested: `McNemar's test on the same 638 rows`; nil when nothing could be.
  package let test: String?
  /// How sure one can be of the best point's score, resampling its test rows; nil like `test`.
  package let interval: ConfidenceInterval?

  /// Differences that chance makes more often than this are ties.
  package static let level = 0.05

  /// Whether a point cannot be told from the best one.
  package func isTie(_ point: Int) -> Bool { pValues[point].map { $0 >= Self.level } ?? false }

  /// Compares every point that was given all the work with the best one.
  package init(_ standing: SweepStanding, in store: ArtifactStore) {
    var found: [(point: Int, pValue: Double)] = []
    var test: String?
    var interval: ConfidenceInterval?
    if let best = standing.best {
      let subject = ComparedScore(standing.plan, in: store)
      let sample = subject.sample(of: standing.points[best])
      interval = sample.flatMap { subject.interval(of: $0) }
      for (place, point) in standing.points.enumerated() where place != best {
        guard point.state == .done, let sample, let other = subject.sample(of: point),
          let comparison = subject.compare(sample, other)
        else { continue }
        found.append((place, comparison))
        test = subject.test(of: sample)
      }
    }
    let corrected = holmCorrected(found.map(\.pValue))
    pValues = Dictionary(
      zip(found.map(\.point), corrected).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
    self.test = test
    self.interval = interval
  }
}

/// The score that a sweep's points are compared by, row by row.
private struct ComparedScore {
  /// What the runs of a point said of each row.
  enum Sample {
    case classes(truth: [String], predicted: [[String]])
    case segments([SegmentStatistics])
  }

  private let objective: Objective
  private let metric: (any TranslationMetric)?
  private let store: ArtifactStore
  private let resampling = Resampling()

  init(_ plan: SweepPlan, in store: ArtifactStore) {
    objective = plan.objective
    let stage = plan.base[plan.objective.stage]?.stage as? Evaluate
    metric = stage?.metric(named: plan.objective.score)
    self.store = store
  }

  func test(of sample: Sample) -> String {
    switch sample {
    case .classes(let truth, let predicted):
      (isCounted(predicted.count) ? "McNemar's test" : "paired bootstrap")
        + " on the same \(truth.count) rows"
    case .segments(let runs): "paired bootstrap on the same \(runs[0].count) sentences"
    }
  }

  /// Nil when the rows were not kept, or the runs of the point are of different rows.
  func sample(of point: SweepStanding.Point) -> Sample? {
    let records = point.trials.compactMap { $0.records[objective.stage] }
    guard records.count == point.trials.count else { return nil }
    return metric.map { segments(records, by: $0) } ?? classes(records)
  }

  private func classes(_ records: [Record]) -> Sample? {
    var truth: [String]?
    var predicted: [[String]] = []
    for record in records {
      guard let output = record.output("predictions"),
        let columns = try? ColumnTexts(output, ["label", "predicted"], in: store),
        truth == nil || truth == columns.texts[0], columns.count > 0
      else { return nil }
      truth = columns.texts[0]
      predicted.append(columns.texts[1])
    }
    return truth.map { .classes(truth: $0, predicted: predicted) }
  }

  private func segments(_ records: [Record], by metric: some TranslationMetric) -> Sample? {
    var runs: [SegmentStatistics] = []
    // The tokens that this one needs are not kept.
    guard !(metric is TokenizedBLEU) else { return nil }
    for record in records {
      guard let output = record.output("sentences"),
        let columns = try? ColumnTexts(output, ["hypothesis", "reference"], in: store),
        columns.count > 0
      else { return nil }
      runs.append(metric.statistics(of: columns.texts[0], against: [columns.texts[1]]))
    }
    return .segments(runs)
  }

  /// The p-value of a difference; nil when the samples are of different rows, or untested scores.
  func compare(_ best: Sample, _ other: Sample) -> Double? {
    switch (best, other) {
    case (.classes(let truth, let a), .classes(let otherTruth, let b)):
      guard truth == otherTruth, a.count == b.count else { return nil }
      return compare(truth, a, b)
    case (.segments(let a), .segments(let b)):
      guard a[0].count == b[0].count, let metric else { return nil }
      return pValue(a, b, by: metric)
    default: return nil
    }
  }

  func interval(of sample: Sample) -> ConfidenceInterval? {
    switch sample {
    case .segments(let runs):
      return metric.map { metric in
        func open(_ metric: some TranslationMetric) -> ConfidenceInterval {
          resampling.interval(ofRuns: runs, scoredBy: metric)
        }
        return open(metric)
      }
    case .classes(let truth, let predicted):
      let runs = PairedPredictions.runs(truth: truth, predicted, predicted)
      return ConfusionMatrix.score(named: objective.score).map {
        resampling.interval(ofRuns: runs, scoredBy: $0)
      }
    }
  }

  private func pValue(
    _ a: [SegmentStatistics], _ b: [SegmentStatistics], by metric: some TranslationMetric
  ) -> Double {
    resampling.pairedBootstrap(ofRuns: a, b, scoredBy: metric).pValue
  }

  /// Whether disagreements can be counted: those of several runs are of the same rows, so that they
  /// are not independent, and the rows are resampled with what all runs said of them.
  private func isCounted(_ runCount: Int) -> Bool { objective.score == "accuracy" && runCount == 1 }

  private func compare(_ truth: [String], _ a: [[String]], _ b: [[String]]) -> Double? {
    let runs = PairedPredictions.runs(truth: truth, a, b)
    if isCounted(runs.count) { return McNemarTest(runs[0]).pValue }
    return ConfusionMatrix.score(named: objective.score).map {
      resampling.pairedBootstrap(ofRuns: runs, scoredBy: $0).pValue
    }
  }
}
