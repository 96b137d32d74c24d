import Chains
import Diagnostics
import Formats
import Metrics
import Reports
import Stages
import Views

/// The section of a classifier's scores: overall, by class, confusions, and the surest mistakes.
struct ClassificationSection {
  private static let mostMistakes = 20
  /// The most classes for which the matrix is shown; else only the most confused pairs are.
  private static let mostClasses = 60

  private let stage: ReportedStage
  private let scores: JSONValue
  private let rows: ScoredRows?
  private let confusion: ConfusionFigures
  /// The words behind each of the surest mistakes.
  private let reasons: [Int: String]

  /// Nil for a stage whose scores are no classifier's.
  init?(_ stage: ReportedStage, of report: PipelineReport) throws(Diagnostic) {
    guard let output = stage.output(.scores) else { return nil }
    scores = try stage.json(output, in: report.store)
    guard scores["confusion"] != nil else { return nil }
    self.stage = stage
    rows = try ScoredRows(of: stage, in: report)
    confusion = ConfusionFigures(scores, rows?.rows ?? [], prefix: stage.name)
    reasons = try Self.reasons(for: Self.mistakes(among: rows), of: stage, in: report)
  }

  private static func reasons(
    for mistakes: [ScoredRows.Row], of stage: ReportedStage, in report: PipelineReport
  ) throws(Diagnostic) -> [Int: String] {
    guard !mistakes.isEmpty, let record = stage.record,
      var reasons = try WordReasons(of: record, in: report.store)
    else { return [:] }
    var words: [Int: String] = [:]
    for (place, row) in mistakes.enumerated() {
      guard let text = row.loaded?.text else { continue }
      let (truth, predicted) = (row.said.label, row.said.predicted)
      words[place] = WordReasons.words(
        of: reasons.effects(of: text, for: predicted, against: truth), for: predicted,
        against: truth)
    }
    return words
  }

  var section: Page.Section {
    let matrix =
      confusion.classCount <= Self.mostClasses
      ? [
        Markup.tag(
          .div, [:],
          [
            .heading("Confusion"),
            .note(
              "Rows are the true classes, columns what was predicted. A cell leads to its rows."),
            confusion.matrix,
          ])
      ] : []
    return Page.Section(
      id: "scores-\(stage.name)", "Scores: \(stage.name)",
      [.beside([overview.markup, classes.markup])] + probabilities
        + [.flow(matrix + [confusion.pairs])] + mistakes + confusion.examples)
  }

  private var probabilities: [Markup] {
    let drawings = ProbabilityFigures(scores).drawings
    return drawings.isEmpty ? [] : [.flow(drawings)]
  }

  private var overview: PageTable {
    let baselines = BaselineScores(scores)
    let hasIntervals = Metric.ofClasses.contains { scores["\($0.name)-interval"] != nil }
    var columns: [PageTable.Column] =
      [.text("score"), .number("model")] + (hasIntervals ? [.number("± 95 %")] : [])
    if baselines.hasNaiveBayes { columns.append(.number("naive Bayes")) }
    if let majority = baselines.majorityClass { columns.append(.number("always ‘\(majority)’")) }
    var table = PageTable(columns)
    func cell(_ value: Double?, _ name: String) -> PageTable.Cell {
      PageTable.Cell(value.map { Markup.score($0, of: name) } ?? "")
    }
    let names = Metric.ofClasses.map(\.name) + ["macro-precision", "macro-recall"]
    for name in names where scores[name]?.doubleValue != nil {
      var cells = [PageTable.Cell.text(name), cell(scores[name]?.doubleValue, name)]
      if hasIntervals { cells.append(cell(scores["\(name)-interval"]?.doubleValue, name)) }
      if baselines.hasNaiveBayes { cells.append(cell(baselines.naiveBayes(name), name)) }
      if baselines.majorityClass != nil { cells.append(cell(baselines.majority(name), name)) }
      table.append(cells)
    }
    table.append(
      [.text("rows"), PageTable.Cell(.count(scores["rows"]?.intValue ?? 0))]
        + columns.dropFirst(2).map { _ in .text("") })
    return table
  }

  private var classes: PageTable {
    let entries = scores["classes"]?.arrayValue ?? []
    let hasAverages = entries.contains { $0["average-precision"]?.doubleValue != nil }
    var table = PageTable(
      [.text("class"), .number("precision"), .number("recall"), .number("F1")]
        + (hasAverages ? [.number("average precision")] : []) + [.number("support")])
    let names = ["precision", "recall", "f1"] + (hasAverages ? ["average-precision"] : [])
    for entry in entries {
      let figures = names.map { name in
        let value = entry[name]?.doubleValue ?? 0
        return PageTable.Cell(.score(value), share: value)
      }
      table.append(
        [.text(entry["class"]?.stringValue ?? "?")] + figures
          + [PageTable.Cell(.count(entry["support"]?.intValue ?? 0))])
    }
    return table
  }

  /// Rows that were given a wrong class, the surest first.
  private var mistakes: [Markup] {
    let wrong = Self.mistakes(among: rows)
    guard !wrong.isEmpty else { return [] }
    let note = Markup.note(
      "Words are those that speak most for the class that was given, and for the true one: by the ",
      "gradient at their vectors times these, or their weight times what they count for.")
    return [
      .heading("Most confident mistakes"),
      ScoredRows.table(wrong, hasClasses: true, words: reasons),
    ] + (reasons.isEmpty ? [] : [note])
  }

  private static func mistakes(among rows: ScoredRows?) -> [ScoredRows.Row] {
    let wrong = (rows?.rows ?? []).filter { $0.said.label != $0.said.predicted }
      .sorted { ($1.said.probability, $0.line) < ($0.said.probability, $1.line) }
    return Array(wrong.prefix(mostMistakes))
  }
}

extension ScoredRows {
  /// The most characters shown of a text.
  private static let mostCharacters = 400

  /// Rows with their lines and texts.
  ///
  /// - Parameter words: those behind what was said, by the place of the row.
  static func table(
    _ rows: some Sequence<Row>, hasClasses: Bool, words: [Int: String] = [:]
  ) -> Markup {
    let classes: [PageTable.Column] = hasClasses ? [.text("true"), .text("taken for")] : []
    var table = PageTable(
      [.number("line")] + classes + [.number("probability"), .passage("text")]
        + (words.isEmpty ? [] : [.passage("words")]))
    for (place, row) in rows.enumerated() {
      let text = row.loaded?.text.map { text in
        let kept = text.prefix(Self.mostCharacters)
        return String(kept).printable + (kept.endIndex < text.endIndex ? "…" : "")
      }
      table.append(
        [PageTable.Cell(.place(row.loaded, line: row.line))]
          + (hasClasses ? [.text(row.said.label), .text(row.said.predicted)] : [])
          + [PageTable.Cell(.score(row.said.probability)), .text(text ?? "(the text is gone)")]
          + (words.isEmpty ? [] : [.text((words[place] ?? "").printable)]))
    }
    return table.markup
  }
}
