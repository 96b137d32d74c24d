import Chains
import Diagnostics
import Formats
import Metrics
import Pipelines
import Reports
import Stages
import Sweeps
import Views

/// What the score is held against, how sure it is, and what nobody knows of it.
extension Verdict {
  /// A model that costs nothing, and its score.
  struct Baseline {
    let name: String
    let value: Double
  }

  /// Of the first score; of a sweep's point the means over its folds.
  var baselines: [Baseline] {
    guard let metric = told.first?.metric else { return [] }
    let all: [BaselineScores] =
      if let point, let stage {
        point.row.point.trials.compactMap { $0.scores[stage.name] }.map(BaselineScores.init)
      } else { [BaselineScores(scores)] }
    func mean(_ value: (BaselineScores) -> Double?) -> Double? {
      let values = all.compactMap(value)
      return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    let majority = BaselineScores(scores).majorityClass ?? "the commonest class"
    return [
      mean { $0.naiveBayes(metric) }.map { Baseline(name: "naive Bayes", value: $0) },
      mean { $0.majority(metric) }.map {
        Baseline(name: "always ‘\(majority)’", value: $0)
      },
    ].compactMap(\.self)
  }

  /// `better than naive Bayes (0.8079) and always ‘ENTY’ (0.0527)`.
  var against: Term? {
    guard let first = told.first, !baselines.isEmpty else { return nil }
    let isHigherBetter = Metric.named(first.metric)?.direction != .lower
    func list(_ chosen: [Baseline]) -> String? {
      guard !chosen.isEmpty else { return nil }
      return chosen.map { "\($0.name) (\(Spelling.score($0.value, of: first.metric)))" }
        .joined(separator: " and ")
    }
    let reach = first.spread ?? 0
    func lead(_ baseline: Baseline) -> Double {
      isHigherBetter ? first.value - baseline.value : baseline.value - first.value
    }
    let better = list(baselines.filter { lead($0) > reach })
    let open = list(baselines.filter { abs(lead($0)) <= reach })
    let worse = list(baselines.filter { lead($0) < -reach })
    let spread =
      first.spread == nil
      ? "" : point == nil ? " by more than the interval" : " by more than one sd"
    let claims = [
      better.map { "better than \($0)\(spread)" },
      open.map { "not clearly different from \($0)" }, worse.map { "worse than \($0)" },
    ]
    return Term(
      "Against", [.text(claims.compactMap(\.self).joined(separator: "; ") + ".")],
      isWarning: better == nil || worse != nil || open != nil)
  }

  /// What the ± means, and over how many seeds the score is.
  var sureness: Term {
    if let point, let repetitions = point.sweep.status.plan.repetitions {
      let plan = point.sweep.status.plan
      let one = plan.foldCount > 1 ? "fold" : "seed"
      return Term(
        "Sure to",
        [
          .text(
            "means over \(repetitions), ± sd their standard deviation; what follows is the first"
              + " \(one)'s. The whole sweep \(plan.sweep.name), "),
          .text("\(Spelling.count(plan.trials.count, "run")), took "),
          .duration(point.sweep.workSeconds), ".",
        ])
    }
    guard told.first?.spread != nil else {
      return Term("Sure to", ["one run with one seed; no interval was computed."])
    }
    return Term(
      "Sure to",
      [
        "± 95 %: half the width of what 95 % of resampled rows score; of one run with one seed."
      ])
  }

  /// Whether these settings were chosen among others.
  var chosen: Term? {
    guard let sweep = report.sweeps.first(where: { $0.rows.count > 1 }),
      let best = sweep.rows.first(where: \.isBest)
    else { return nil }
    let objective = sweep.status.plan.objective
    let isShown = report.settings.point(of: report.sweeps)?.row.place == best.place
    let rows =
      objective.stage == stage?.name
      ? " It was chosen by these very rows, so it looks a little better than it is on others."
      : " It was chosen by \(objective.stage), not by the rows scored here."
    let point = "best of \(Spelling.count(sweep.rows.count, "point")) of the sweep"
    let name = sweep.status.plan.sweep.name
    return Term(
      "Chosen",
      [
        .text(
          isShown
            ? "the \(point) \(name).\(rows)"
            : "these are not the settings of the \(point) \(name), which is point"
              + " \(best.point.point.number): see below.")
      ], isWarning: !isShown)
  }

  /// What nobody has looked at.
  var unknown: [Term] {
    var open: [String] = []
    if point == nil {
      open.append("how much another seed would change the score")
    }
    if told.first?.spread == nil { open.append("how much other test rows would") }
    if baselines.isEmpty { open.append("how a simpler system would do on the same rows") }
    if !isLeakageKnown { open.append("whether scored rows are also in train") }
    guard !open.isEmpty else { return [] }
    return [Term("Not known", [.text(open.joined(separator: "; ") + ".")])]
  }
}
