import Artifacts
import Diagnostics
import Pipelines
import Reports

/// What a person wants to know first: the scores, with which settings, of how many rows, and whether
/// they are up to date.
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

  /// The scores that matter, of those there are.
  private static let names = [
    "accuracy", "macro-f1", "bleu", "bleu4-tokenized", "chrf2", "ter", "log-loss",
    "perplexity",
  ]

  var markup: [Markup] {
    let pairs = Self.names.compactMap { name -> (name: String, value: Markup)? in
      guard let value = scores[name]?.doubleValue else { return nil }
      let interval = scores["\(name)-interval"]?.doubleValue.map { half in
        [" ± ", Markup.number(half, Spelling.fixed(half, places: 2))] as [Markup]
      }
      return (name, .pieces([.score(value, of: name)] + (interval ?? [])))
    }
    let facts =
      pairs.isEmpty
      ? [] : [Markup.tag(.div, [.class: "headline"], [.facts(Array(pairs.prefix(4)))])]
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
      if let baseline = scores["majority-accuracy"]?.doubleValue,
        let majority = scores["majority-class"]?.stringValue
      {
        pieces += ["; always answering ‘\(majority)’ would have an accuracy of ", .score(baseline)]
      }
      pieces.append(". ")
    } else {
      pieces.append("No stage has scores yet. ")
    }
    let when = report.stages.compactMap(\.record?.when).max()
    pieces.append(
      "\(Spelling.count(report.stages.count, "stage")), \(Spelling.duration(seconds)) of work")
    if let when { pieces.append(", the last of it done at \(when)") }
    return pieces + ["."]
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
