import Artifacts
import Chains
import Diagnostics
import Formats
import Pipelines
import Reports

/// The section of a trained model: what it was trained with, its curves, its epochs, and what it is.
struct TrainingSection {
  private let stage: ReportedStage
  private let model: ModelFigures
  private let epochs: [JSONValue]
  private let best: Int?
  private let watched: String
  /// The epochs whose weights' mean is the model; empty where one epoch's are.
  private let averaged: [Int]
  private let averagedScore: Double?
  /// A remark after losses that include label smoothing.
  private let lossRemark: String

  /// Nil for a stage that has no model.
  init?(_ stage: ReportedStage, of report: PipelineReport) throws(Diagnostic) {
    guard let model = try ModelFigures(stage, of: report) else { return nil }
    let json =
      try stage.output(.history).map { (output) throws(Diagnostic) in
        try stage.json(output, in: report.store)
      } ?? .null
    self.stage = stage
    self.model = model
    epochs = json["epochs"]?.arrayValue ?? []
    best = json["best-epoch"]?.intValue
    watched = json["watch"]?.stringValue ?? "loss"
    averaged = json["averaged-epochs"]?.arrayValue?.compactMap(\.intValue) ?? []
    averagedScore = json["averaged-scores"]?[watched]?.doubleValue
    lossRemark = json["loss-is-smoothed"]?.boolValue == true ? " (smoothed)" : ""
  }

  var section: Page.Section {
    let losses = [
      series("training loss") { $0["loss"] },
      series("validation loss") { $0["scores"]?["loss"] },
    ]
    let score = watched == "loss" ? scoreNames.first : watched
    let scores = score.map { name in [series("validation \(name)") { $0["scores"]?[name] }] }
    let rates = Set(epochs.compactMap { $0["learning-rate"]?.doubleValue })
    let pictures = [
      picture("loss\(lossRemark)", losses), scores.flatMap { picture("score", $0) },
      rates.count > 1
        ? picture("learning rate", [series("learning rate") { $0["learning-rate"] }], .stepped)
        : nil,
    ].compactMap(\.self)
    let gradient = picture("gradient", [series("norm of the gradient") { $0["gradient-norm"] }])
    let sentence: [Markup] = words.map { [.paragraph(.text($0.printable))] } ?? []
    let curves: [Markup] =
      epochs.isEmpty
      ? []
      : [
        .flow(pictures),
        .details(["Epoch by epoch"], [table.markup] + [gradient].compactMap(\.self)),
      ]
    return Page.Section(
      id: "training-\(stage.name)",
      "\(stage.planned.kind.role == .learns ? "Training" : "Model"): \(stage.name)",
      sentence + [.facts(facts)] + curves + model.details)
  }

  /// What it was trained with; of one that was trained elsewhere, what kind of model it is.
  private var words: String? {
    stage.planned.kind.role == .learns
      ? TrainingWords(stage).sentence : model.kind.map { "\($0), trained elsewhere." }
  }

  private var facts: [(name: String, value: Markup)] {
    var facts: [(name: String, value: Markup)] = []
    if !epochs.isEmpty { facts.append(("epochs", .count(epochs.count))) }
    if averaged.isEmpty {
      if let best { facts.append(("best epoch by \(watched)", .count(best))) }
    } else {
      let list = averaged.enumerated().flatMap { place, epoch -> [Markup] in
        (place > 0 ? [", "] : []) + [.count(epoch)]
      }
      facts.append(("the model is the mean of epochs", .pieces(list)))
      if let averagedScore {
        facts.append(("its valid \(watched)", .score(averagedScore, of: watched)))
      }
      if let best { facts.append(("best single epoch by \(watched)", .count(best))) }
    }
    facts += model.facts
    if let last = epochs.last?["loss"]?.doubleValue {
      facts.append(("last training loss\(lossRemark)", .score(last)))
    }
    if let seconds = stage.record?.seconds { facts.append(("time", .duration(seconds))) }
    return facts
  }

  private var scoreNames: [String] {
    (epochs.last?["scores"]?.objectValue ?? []).map(\.name).filter { !$0.hasSuffix("loss") }
  }

  private func series(
    _ name: String, _ value: (JSONValue) -> JSONValue?
  ) -> LineChart.Series {
    LineChart.Series(name, epochs.map { value($0)?.doubleValue })
  }

  private func picture(
    _ title: String, _ series: [LineChart.Series], _ form: LineDrawing.Form = .straight
  ) -> Markup? {
    let drawn = series.filter { $0.values.contains { $0 != nil } }
    guard !drawn.isEmpty else { return nil }
    return .figure(
      LineDrawing(
        title: "\(title) of \(stage.name), epoch by epoch", over: "epoch",
        epochs.indices.map { epochs[$0]["epoch"]?.intValue ?? $0 + 1 }, drawn, form: form,
        marked: averaged.isEmpty ? best.map { ([$0], "best") } : (averaged, "in the mean")
      ).drawing)
  }

  private var table: PageTable {
    let names = ["loss"] + scoreNames.filter { $0 != "loss" }
    var table = PageTable(
      "epochs",
      [.number("epoch"), .number("loss\(lossRemark)")]
        + names.map { .number("valid \($0)\($0 == "loss" ? lossRemark : "")") }
        + [.number("rate"), .number("gradient"), .number("steps")])
    for epoch in epochs {
      let scores = names.map { name in
        epoch["scores"]?[name]?.doubleValue.map { Markup.score($0, of: name) } ?? ""
      }
      let cells: [Markup] =
        [.count(epoch["epoch"]?.intValue ?? 0), .score(epoch["loss"]?.doubleValue ?? 0)] + scores
        + ["learning-rate", "gradient-norm"].map { name in
          let value = epoch[name]?.doubleValue ?? 0
          return .number(value, Spelling.measure(value))
        } + [.count(epoch["steps"]?.intValue ?? 0)]
      let number = epoch["epoch"]?.intValue
      let isMarked = averaged.isEmpty ? number == best : number.map(averaged.contains) ?? false
      table.append(cells.map { PageTable.Cell($0) }, isMarked: isMarked)
    }
    return table
  }
}
