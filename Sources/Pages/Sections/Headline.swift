import Artifacts
import Chains
import Diagnostics
import Formats
import Metrics
import Pipelines
import Stages
import Sweeps
import Views

/// The headline of a page: the scores, their settings and rows, and whether they are up to date.
struct Headline {
  private let report: PipelineReport
  private let stage: ReportedStage?
  private let scores: JSONValue

  init(_ report: PipelineReport) throws(Diagnostic) {
    self.report = report
    stage = report.scored.last
    scores =
      if let stage, let output = stage.output(.scores) {
        try stage.json(output, in: report.store)
      } else { .null }
  }

  /// The most scores shown.
  private static let mostScores = 4

  /// The sweep's point of which these results are one fold or seed; nil where points run once.
  private var point: (sweep: SweepTable, row: SweepTable.Row)? {
    report.settings.point(of: report.sweeps).flatMap { found in
      found.sweep.hasSpread ? found : nil
    }
  }

  /// The stage's own scores, or of a sweep's point their means over its folds and seeds.
  private var told: [(name: String, value: Markup)] {
    if let point, let stage {
      let means = zip(point.sweep.columns, point.row.scores).filter { $0.0.stage == stage.name }
      return means.compactMap { column, score in
        score.map {
          ("\(column.score)\($0.deviation == nil ? "" : " ± sd")", $0.markup(of: column.score))
        }
      }
    }
    return Metric.all.compactMap { metric -> (name: String, value: Markup)? in
      guard let value = scores[metric.name]?.doubleValue else { return nil }
      guard let half = scores["\(metric.name)-interval"]?.doubleValue else {
        return (metric.name, .score(value, of: metric.name))
      }
      return (
        "\(metric.name) ± 95 %",
        .pieces([.score(value, of: metric.name), " ± ", .score(half, of: metric.name)])
      )
    }
  }

  var markup: [Markup] {
    let pairs = Array(told.prefix(Self.mostScores))
    let facts =
      pairs.isEmpty
      ? [] : [Markup.tag(.div, [.class: "headline"], [.facts(pairs)])]
    return facts + report.settings.account + [.tag(.p, [:], account)] + warning
  }

  private var account: [Markup] {
    let seconds = report.stages.reduce(0) { $0 + ($1.record?.seconds ?? 0) }
    var pieces: [Markup] = []
    if let stage {
      let count = scores["rows"]?.intValue ?? scores["sentences"]?.intValue
      let noun = scores["sentences"] == nil ? "row" : "sentence"
      pieces.append("From the stage \(stage.name)")
      if let count { pieces += [", on ", .count(count, noun)] }
      pieces += baselines
      pieces.append(". ")
    } else {
      pieces.append("No stage has scores yet. ")
    }
    let when = report.stages.compactMap(\.record?.when).max()
    pieces.append(
      "\(Spelling.count(report.stages.count, "stage")), \(Spelling.duration(seconds)) of work")
    if let when { pieces.append(", the last of it done at \(when)") }
    return pieces + ["."] + sweep
  }

  /// What models that cost nothing would score.
  private var baselines: [Markup] {
    let baselines = BaselineScores(scores)
    let name = Metric.accuracy.name
    guard let majority = baselines.majorityClass, let share = baselines.majority(name) else {
      return []
    }
    let naive: [Markup] =
      baselines.naiveBayes(name).map { ["naive Bayes has an accuracy of ", .score($0), ", "] } ?? []
    return ["; "] + naive
      + ["always answering ‘\(majority)’ would have an accuracy of ", .score(share)]
  }

  /// What the means of a sweep's point are over, and the time of the whole sweep.
  private var sweep: [Markup] {
    guard let found = report.settings.point(of: report.sweeps) else { return [] }
    let plan = found.sweep.status.plan
    let one = plan.foldCount > 1 ? "fold" : "seed"
    let seeds =
      plan.repetitions.map { repetitions in
        " The scores above are means over \(repetitions), ± sd their standard"
          + " deviation; what follows is the first \(one)'s, and so is this work."
      } ?? " This is the work of that point alone."
    let runs = Spelling.count(plan.trials.count, "run")
    return [
      .text("\(seeds) The whole sweep \(plan.sweep.name), \(runs), took "),
      .duration(found.sweep.workSeconds), ".",
    ]
  }

  private var warning: [Markup] {
    let stale = report.stages.filter { $0.state != .cached }
    guard !stale.isEmpty else { return [] }
    return [
      .tag(
        .p, [.class: "warning"],
        "Not up to date: \(stale.map(\.name).joined(separator: ", ")). What is shown of them is"
          + " their last result.")
    ]
  }
}
