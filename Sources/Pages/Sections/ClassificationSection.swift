import Chains
import Diagnostics
import Formats
import Metrics
import Reports
import Stages

/// The section of a classifier's scores: overall, by class, confusions, and the surest mistakes.
struct ClassificationSection {
  private static let mostMistakes = 20
  /// The most classes for which the matrix is shown; else only the most confused pairs are.
  private static let mostClasses = 60

  private let stage: ReportedStage
  private let scores: JSONValue
  private let rows: ScoredRows?
  private let confusion: ConfusionFigures

  /// Nil for a stage whose scores are no classifier's.
  init?(_ stage: ReportedStage, of report: PipelineReport) throws(Diagnostic) {
    guard let output = stage.output(.scores) else { return nil }
    scores = try stage.json(output, in: report.store)
    guard scores["confusion"] != nil else { return nil }
    self.stage = stage
    rows = try ScoredRows(of: stage, in: report)
    confusion = ConfusionFigures(scores, rows?.rows ?? [], prefix: stage.name)
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
      [.beside([overview.markup, classes.markup]), .flow(matrix + [confusion.pairs])] + mistakes
        + confusion.examples)
  }

  private var overview: PageTable {
    let baselines = BaselineScores(scores)
    var columns: [PageTable.Column] = [.text("score"), .number("model")]
    if baselines.hasNaiveBayes { columns.append(.number("naive Bayes")) }
    if let majority = baselines.majorityClass { columns.append(.number("always ‘\(majority)’")) }
    var table = PageTable(columns)
    func cell(_ value: Double?, _ name: String) -> PageTable.Cell {
      PageTable.Cell(value.map { Markup.score($0, of: name) } ?? "")
    }
    let names = Metric.ofClasses.map(\.name) + ["macro-precision", "macro-recall"]
    for name in names where scores[name]?.doubleValue != nil {
      var cells = [PageTable.Cell.text(name), cell(scores[name]?.doubleValue, name)]
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
    var table = PageTable([
      .text("class"), .number("precision"), .number("recall"), .number("F1"), .number("support"),
    ])
    for entry in scores["classes"]?.arrayValue ?? [] {
      let figures = ["precision", "recall", "f1"].map { name in
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
    let wrong = (rows?.rows ?? []).filter { $0.said.label != $0.said.predicted }
      .sorted { ($1.said.probability, $0.line) < ($0.said.probability, $1.line) }
    guard !wrong.isEmpty else { return [] }
    return [
      .heading("Most confident mistakes"),
      ScoredRows.table(wrong.prefix(Self.mostMistakes), hasClasses: true),
    ]
  }
}

extension ScoredRows {
  /// The most characters shown of a text.
  private static let mostCharacters = 400

  /// Rows with their lines and texts.
  static func table(_ rows: some Sequence<Row>, hasClasses: Bool) -> Markup {
    let classes: [PageTable.Column] = hasClasses ? [.text("true"), .text("taken for")] : []
    var table = PageTable([.number("line")] + classes + [.number("probability"), .passage("text")])
    for row in rows {
      let text = row.loaded?.text.map { text in
        let kept = text.prefix(Self.mostCharacters)
        return String(kept).printable + (kept.endIndex < text.endIndex ? "…" : "")
      }
      table.append(
        [PageTable.Cell(.place(row.loaded, line: row.line))]
          + (hasClasses ? [.text(row.said.label), .text(row.said.predicted)] : [])
          + [PageTable.Cell(.score(row.said.probability)), .text(text ?? "(the text is gone)")])
    }
    return table.markup
  }
}
