import Artifacts
import Chains
import Diagnostics
import Formats
import Metrics
import Pipelines
import Reports
import Stages
import Sweeps
import Views

/// The top of a page: how good the model is, against what, how sure that is, and whether to trust it.
struct Verdict {
  let report: PipelineReport
  let stage: ReportedStage?
  let scores: JSONValue
  /// The sweep's point of which these results are one fold or seed; nil where points run once.
  let point: (sweep: SweepTable, row: SweepTable.Row)?
  /// How many of the scored rows have a text that the first part has too; nil when that is not known.
  private let sharedRowCount: Int?

  init(_ report: PipelineReport) throws(Diagnostic) {
    self.report = report
    stage = report.scored.last
    scores =
      if let stage, let output = stage.output(.scores) {
        try stage.json(output, in: report.store)
      } else { .null }
    point = report.settings.point(of: report.sweeps).flatMap { found in
      found.sweep.hasSpread ? found : nil
    }
    sharedRowCount =
      if let stage, scores["rows-also-in-train"] == nil {
        try report.sharedRowCount(of: stage)
      } else { nil }
  }

  /// The most scores shown.
  private static let mostScores = 4

  /// One score of the model.
  struct Score {
    let metric: String
    let value: Double
    /// Half the interval that 95 % of resampled rows score in, or the standard deviation over folds or
    /// seeds; nil when it is not known.
    let spread: Double?
  }

  /// The stage's own scores, or of a sweep's point their means over its folds and seeds.
  var told: [Score] {
    if let point, let stage {
      return zip(point.sweep.columns, point.row.scores).compactMap { column, score in
        guard column.stage == stage.name, let score else { return nil }
        return Score(metric: column.score, value: score.mean, spread: score.deviation)
      }
    }
    return Metric.all.compactMap { metric in
      scores[metric.name]?.doubleValue.map {
        Score(
          metric: metric.name, value: $0,
          spread: scores["\(metric.name)-interval"]?.doubleValue)
      }
    }
  }

  /// How many rows or sentences were scored, in words.
  var scored: Markup? {
    guard let count = scores["rows"]?.intValue ?? scores["sentences"]?.intValue else { return nil }
    return .count(count, scores["sentences"] == nil ? "row" : "sentence")
  }

  /// The rows of all folds, each of which was scored once.
  private var heldOut: [Markup]? {
    guard let point, let stage, point.sweep.status.plan.foldCount > 1 else { return nil }
    let counts = point.row.point.folds.map { fold in
      fold.first?.scores[stage.name]?["rows"]?.intValue
    }
    guard !counts.contains(nil) else { return nil }
    return [", on ", .count(counts.reduce(0) { $0 + ($1 ?? 0) }, "row")]
  }

  /// `in 10 folds`, or `once for each of 3 seeds`.
  private var repeated: String? {
    guard let plan = point?.sweep.status.plan else { return nil }
    let seeds = plan.sweep.seedCount
    let words = [
      plan.foldCount > 1 ? "in \(Spelling.count(plan.foldCount, "fold"))" : nil,
      seeds > 1 ? "once for each of \(Spelling.count(seeds, "seed"))" : nil,
    ]
    return words.compactMap(\.self).joined(separator: ", ")
  }

  var markup: [Markup] {
    let facts = told.prefix(Self.mostScores).map { score in
      let kind = score.spread == nil ? "" : point == nil ? " ± 95 %" : " ± sd"
      let spread = score.spread.map { [Markup.text(" ± "), .score($0, of: score.metric)] } ?? []
      return (
        "\(score.metric)\(kind)", Markup.pieces([.score(score.value, of: score.metric)] + spread)
      )
    }
    let headline =
      facts.isEmpty ? [] : [Markup.tag(.div, [.class: "headline"], [.facts(facts)])]
    let drawing = comparison.map { [Markup.figure($0)] } ?? []
    return headline + report.settings.account
      + [.tag(.div, [.class: "verdict"], [.terms(terms)] + drawing)]
  }

  /// The model beside the baselines on one axis.
  private var comparison: Drawing? {
    guard let first = told.first, !baselines.isEmpty else { return nil }
    func dot(
      _ name: String, _ value: Double, _ reach: Double?, _ rank: DotDrawing.Dot.Rank
    ) -> DotDrawing.Dot {
      DotDrawing.Dot(
        name, value, reach: reach, spelling: Spelling.score(value, of: first.metric), rank: rank)
    }
    return DotDrawing(
      title: "\(first.metric) of the model and of baselines", of: first.metric,
      [dot("this model", first.value, first.spread, .best)]
        + baselines.map { dot($0.name, $0.value, nil, .ordinary) }
    ).drawing
  }

  private var terms: [Term] {
    guard let stage else {
      return [Term("Score", ["No stage has scores yet."])] + currency
    }
    let rows = scored.map { [Markup.text(", on "), $0] } ?? []
    let score =
      [Markup.text("from the stage \(stage.name)")] + (heldOut ?? rows)
      + [.text(repeated.map { ", \($0)." } ?? ".")]
    let claims: [Term?] = [Term("Scored", score), against, sureness, chosen, leakage]
    return claims.compactMap(\.self) + currency + unknown
  }

  /// Whether training texts are among those that were scored.
  private var leakage: Term? {
    if let count = scores["rows-also-in-train"]?.intValue {
      return leakage(.count(count), count, of: scored)
    }
    return sharedRowCount.map { leakage(.count($0), $0, of: scored) }
  }

  private func leakage(_ number: Markup, _ count: Int, of scored: Markup?) -> Term {
    guard count > 0 else {
      return Term("Leakage", ["none found: no scored row is also in train."])
    }
    let whole = scored.map { [Markup.text(" of "), $0] } ?? [.text(count == 1 ? " row" : " rows")]
    return Term(
      "Leakage",
      [number] + whole
        + [.text(" \(count == 1 ? "is" : "are") also in train, so the scores tell too much.")],
      isWarning: true)
  }

  var isLeakageKnown: Bool { leakage != nil }

  /// Whether the results are those of the definition as it is, and what they took.
  private var currency: [Term] {
    let stale = report.stages.filter { $0.state != .cached }
    let seconds = report.stages.reduce(0) { $0 + ($1.record?.seconds ?? 0) }
    let end = report.stages.compactMap(\.record?.when).max().map { when -> [Markup] in
      [", the last of it done at ", .tag(.span, [.class: "whole"], when)]
    }
    let work: [Markup] =
      [
        .text("\(Spelling.count(report.stages.count, "stage")), "), .duration(seconds), " of work",
      ] + (end ?? []) + ["."]
    guard !stale.isEmpty else { return [Term("Up to date", ["yes; "] + work)] }
    return [
      Term(
        "Up to date",
        [
          .text(
            "no: \(stale.map(\.name).joined(separator: ", ")). What is shown of them is their last"
              + " result. ")
        ] + work, isWarning: true)
    ]
  }
}
