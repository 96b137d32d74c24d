import Artifacts
import Diagnostics
import Formats
import Metrics
import Pipelines

/// The scores of two results of one evaluation, and whether they differ by more than chance.
package struct ScoreComparison: Sendable {
  /// One score on both sides.
  package struct Line: Sendable {
    package let name: String
    package let a: Double
    package let b: Double
    /// Nil where the two are equal or cannot be tested.
    package internal(set) var significance: Significance?
    /// Why they could not be tested, unless it is because there are no rows.
    package internal(set) var untested: String?
  }

  package let stage: String
  package private(set) var lines: [Line]
  /// How many rows of both the tests are on.
  package let rowCount: Int
  /// Why the two cannot be tested; nil when they can.
  package let obstacle: String?

  /// Nil when the stage gave no scores.
  init?(
    _ stage: String, _ a: Record, _ b: Record, in store: ArtifactStore
  ) throws(Diagnostic) {
    guard let first = try a.scores(in: store), let second = try b.scores(in: store) else {
      return nil
    }
    self.stage = stage
    lines = Metric.all.compactMap { metric in
      guard let x = first[metric.name]?.doubleValue, let y = second[metric.name]?.doubleValue else {
        return nil
      }
      return Line(name: metric.name, a: x, b: y)
    }
    guard let rows = try PairedRows(a, b, in: store) else {
      (rowCount, obstacle) = (0, "its rows are no longer in the store, so nothing can be tested")
      return
    }
    rowCount = rows.count
    obstacle = rows.obstacle
    guard rows.obstacle == nil else { return }
    for index in lines.indices {
      guard let metric = Metric.named(lines[index].name) else { continue }
      let signatures = [first, second].map { $0["\(metric.name)-signature"]?.stringValue }
      do throws(Untested) {
        if let difference = Self.difference(signatures[0], signatures[1]) {
          throw Untested(reason: "the two are not one measure: \(difference)")
        }
        guard lines[index].a != lines[index].b else { continue }
        lines[index].significance = try rows.significance(of: metric, expecting: lines[index])
      } catch { lines[index].untested = error.reason }
    }
  }

  /// The difference of two signatures, such as `case:mixed and case:lc`, without program versions.
  private static func difference(_ a: String?, _ b: String?) -> String? {
    func parts(_ signature: String) -> [Substring] {
      signature.split(separator: "|").filter { !$0.hasPrefix("version:") }
    }
    guard let a = a.map(parts), let b = b.map(parts), a != b else { return nil }
    let (own, other) = (a.filter { !b.contains($0) }, b.filter { !a.contains($0) })
    return "\(own.joined(separator: "|")) and \(other.joined(separator: "|"))"
  }
}

extension PairedRows {
  /// Whether the two differ in a score by more than chance.
  ///
  /// - Throws: why that cannot be tested, as when computing the scores anew does not give these.
  fileprivate func significance(
    of metric: Metric, expecting line: ScoreComparison.Line
  ) throws(Untested) -> Significance {
    let found = try ComparedRuns([a], [b]).significance(of: metric)
    // Tables hold numbers to six decimals.
    func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-5 * max(1, abs(b)) }
    guard !isWhole || isClose(found.scores.a, line.a) && isClose(found.scores.b, line.b) else {
      throw Untested(reason: "its rows, computed again, do not give the scores that were recorded")
    }
    return found
  }
}
