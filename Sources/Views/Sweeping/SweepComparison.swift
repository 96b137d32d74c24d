import Artifacts
import Diagnostics
import Formats
import Metrics
import Pipelines
import Sweeps

/// Tests of which points of a sweep are worse than the best one, on the same test rows.
package struct SweepComparison: Sendable {
  /// Holm-corrected p-values of the differences from the best, by the point's place.
  package let pValues: [Int: Double]
  /// How it was tested: `McNemar's test on the same 638 rows`; nil when nothing could be.
  package let test: String?
  /// Why nothing could be tested although there are points to compare; nil when something was.
  package let untested: String?
  /// The confidence interval of the best point's score, from resampled rows; nil when `test` is.
  package let interval: ConfidenceInterval?
  /// The number of rows of points that were scored on other rows than the best, by their places.
  package let otherRowCounts: [Int: Int]
  /// How many rows the best point was scored on; nil without one.
  package let bestRowCount: Int?

  /// The significance level; points with a p-value not below it are ties.
  package static let level = 0.05

  /// Whether no test finds a point worse than the best one.
  package func isTie(_ point: Int) -> Bool { pValues[point].map { $0 >= Self.level } ?? false }

  /// Compares every point that was given all the work with the best one.
  ///
  /// - Throws: when rows that are in the store cannot be read.
  package init(_ status: SweepStatus, in store: ArtifactStore) throws(Diagnostic) {
    var comparison = Comparison()
    if let best = status.best {
      let stage = status.plan.objective.stage
      try comparison.compare(status, with: best, ScoredPoints(stage, of: status.plan, in: store))
    }
    let corrected = holmCorrected(comparison.found.map(\.pValue))
    pValues = Dictionary(
      zip(comparison.found.map(\.point), corrected).map { ($0, $1) },
      uniquingKeysWith: { first, _ in first })
    test = comparison.test
    untested = comparison.found.isEmpty ? comparison.untested : nil
    interval = comparison.interval
    otherRowCounts = comparison.otherRowCounts
    bestRowCount = comparison.bestRowCount
  }
}

/// The results of comparing the points one by one.
private struct Comparison {
  private(set) var found: [(point: Int, pValue: Double)] = []
  private(set) var test: String?
  private(set) var untested: String?
  private(set) var interval: ConfidenceInterval?
  private(set) var otherRowCounts: [Int: Int] = [:]
  private(set) var bestRowCount: Int?

  mutating func compare(
    _ status: SweepStatus, with best: Int, _ scored: ScoredPoints
  ) throws(Diagnostic) {
    let metric = Metric.named(status.plan.objective.score)
    let own = try scored.runs(of: status.points[best])
    bestRowCount = own?.first?.count ?? scored.rowCount(of: status.points[best])
    if let metric, let own, !scored.haveRepeats {
      interval = ComparedRuns(own, own).interval(of: metric)
    }
    for (place, point) in status.points.enumerated() where place != best {
      guard point.state == .done else { continue }
      let other = try scored.runs(of: point)
      let count = other?.first?.count ?? scored.rowCount(of: point)
      if let own, let other, !other[0].areThose(of: own[0]) {
        otherRowCounts[place] = other[0].count
      } else if let count, count != bestRowCount {
        otherRowCounts[place] = count
      }
      guard otherRowCounts[place] == nil else { continue }
      do throws(Untested) {
        guard !scored.haveRepeats else { throw Untested(reason: "folds have some rows in common") }
        guard let own, let other else { throw Untested(reason: "its rows are not in the store") }
        guard let metric else { throw Untested(reason: "it is no metric that has a test") }
        let significance = try ComparedRuns(own, other).significance(of: metric)
        found.append((place, significance.pValue))
        let name = significance.test == "McNemar" ? "McNemar's test" : significance.test
        test = "\(name) on the same \(own[0].count) \(own[0].noun)"
      } catch { untested = error.reason }
    }
  }
}
