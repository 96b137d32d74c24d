import Metrics
import Stages

/// The result of a paired test of two scores.
package struct Significance: Sendable {
  /// `McNemar`, `paired bootstrap`.
  package let test: String
  package let pValue: Double
  /// The smallest p-value that the test can give; nil for a test without one.
  package let leastPValue: Double?
  /// How much b − a varies; nil for a test that does not resample.
  package let difference: ConfidenceInterval?
  /// The two scores, computed again from the rows.
  package let scores: (a: Double, b: Double)
}

/// Why two scores are not tested, as text that follows the score's name.
struct Untested: Error {
  let reason: String
}

/// The rows that two settings were scored on, with the answers of their runs.
struct ComparedRuns {
  private let a: [ComparedRows]
  private let b: [ComparedRows]

  /// - Parameters: the runs of each setting, all of the same rows in the same order.
  init(_ a: [ComparedRows], _ b: [ComparedRows]) {
    precondition(
      !a.isEmpty && !b.isEmpty && (a + b).allSatisfy { $0.count == a[0].count },
      "runs of \((a + b).map(\.count)) rows")
    self.a = a
    self.b = b
  }

  private var rowCount: Int { a[0].count }

  /// Whether the settings differ in a metric by more than chance, computed with the options of the
  /// stages that scored them.
  ///
  /// - Throws: why that cannot be tested.
  func significance(of metric: Metric) throws(Untested) -> Significance {
    if case .none(let reason) = metric.test { throw Untested(reason: reason) }
    guard rowCount > 0 else { throw Untested(reason: "there are no rows that both were scored on") }
    if case .confusion(let score) = metric.basis { return try significance(metric.test, score) }
    let (measure, first) = try statistics(of: a, for: metric)
    let second = try statistics(of: b, for: metric).runs
    func open(_ measure: some SegmentMetric) -> PairedComparison {
      Resampling().pairedBootstrap(ofRuns: first, second, scoredBy: measure)
    }
    return Significance(open(measure))
  }

  private func significance(
    _ test: Metric.Test, _ score: (ConfusionMatrix) -> Double
  ) throws(Untested) -> Significance {
    let (first, second) = (a.compactMap(\.classes), b.compactMap(\.classes))
    guard first.count == a.count, second.count == b.count else { throw .otherTable }
    guard a.count == b.count else { throw Untested(reason: "the two have not as many runs") }
    let truth = a[0].truths.map { $0[0] }
    let runs = PairedPredictions.runs(truth: truth, first, second)
    let paired = Resampling().pairedBootstrap(ofRuns: runs, scoredBy: score)
    guard case .mcNemar = test, runs.count == 1 else { return Significance(paired) }
    return Significance(
      test: "McNemar", pValue: McNemarTest(runs[0]).pValue, leastPValue: nil,
      difference: paired.difference, scores: (paired.a, paired.b))
  }

  /// The first setting's score, as the mean over its runs, computed again from the rows; nil where it
  /// cannot be.
  func value(of metric: Metric) -> Double? {
    guard rowCount > 0 else { return nil }
    let values: [Double]
    if case .confusion(let score) = metric.basis {
      let said = a.compactMap(\.classes)
      let runs = PairedPredictions.runs(truth: a[0].truths.map { $0[0] }, said, said)
      values = runs.map { score($0.matrix(of: $0.a, rows: 0..<rowCount)) }
    } else {
      guard let (measure, runs) = try? statistics(of: a, for: metric) else { return nil }
      values = runs.map { measure.value(ofSums: $0.sums()) }
    }
    return values.count == a.count ? values.reduce(0, +) / Double(values.count) : nil
  }

  /// The confidence interval of the first setting's score, as the mean over its runs; nil where the
  /// score cannot be computed again.
  func interval(of metric: Metric) -> ConfidenceInterval? {
    guard rowCount > 0 else { return nil }
    if case .none = metric.test { return nil }
    if case .confusion(let score) = metric.basis {
      let said = a.compactMap(\.classes)
      guard said.count == a.count else { return nil }
      let runs = PairedPredictions.runs(truth: a[0].truths.map { $0[0] }, said, said)
      return Resampling().interval(ofRuns: runs, scoredBy: score)
    }
    guard let (measure, runs) = try? statistics(of: a, for: metric) else { return nil }
    func open(_ measure: some SegmentMetric) -> ConfidenceInterval {
      Resampling().interval(ofRuns: runs, scoredBy: measure)
    }
    return open(measure)
  }

  private func statistics(
    of runs: [ComparedRows], for metric: Metric
  ) throws(Untested) -> (measure: any SegmentMetric, runs: [SegmentStatistics]) {
    switch metric.basis {
    case .translations:
      guard let measure = runs[0].measures.measure(of: metric) else { throw .otherTable }
      let statistics = runs.compactMap { run in
        run.translations.map { measure.statistics(of: $0, against: run.references) }
      }
      guard statistics.count == runs.count else { throw .otherTable }
      return (measure, statistics)
    case .tokenLosses(let loss):
      let statistics = runs.compactMap { $0.statistics(of: loss) }
      guard statistics.count == runs.count else { throw .otherTable }
      return (loss, statistics)
    case .confusion, .probabilities: throw .otherTable
    }
  }
}

extension Untested {
  fileprivate static let otherTable = Untested(reason: "what was said of each row is not kept")
}

extension Significance {
  /// The result of a paired bootstrap.
  fileprivate init(_ paired: PairedComparison) {
    self.init(
      test: "paired bootstrap", pValue: paired.pValue, leastPValue: paired.leastPValue,
      difference: paired.difference, scores: (paired.a, paired.b))
  }
}
