import Chains
import Diagnostics
import Formats
import Metrics
import Reports
import Stages
import Views

/// The section of a classifier's scores: overall, by class, and confusions.
struct ClassificationSection {
  /// The most classes for which the matrix is shown; else only the most confused pairs are.
  private static let mostOfMatrix = 40
  /// The most classes that are listed.
  private static let mostClasses = 60

  private let stage: ReportedStage
  private let isMain: Bool
  private let scores: JSONValue
  private let confusion: ConfusionFigures
  private let mistakes: MistakesSection?

  /// Nil for a stage whose scores are no classifier's.
  ///
  /// - Parameter isMain: whether it is the stage whose scores count, of which all is shown.
  init?(
    _ stage: ReportedStage, of report: PipelineReport, isMain: Bool
  ) throws(Diagnostic) {
    guard let output = stage.output(.scores) else { return nil }
    scores = try stage.json(output, in: report.store)
    guard scores["confusion"] != nil else { return nil }
    self.stage = stage
    self.isMain = isMain
    let rows = isMain ? try ScoredRows(of: stage, in: report) : nil
    confusion = ConfusionFigures(scores, rows?.rows ?? [], prefix: stage.name)
    mistakes = try rows.map { (rows) throws(Diagnostic) in
      try MistakesSection(rows.rows, of: stage, in: report)
    }
  }

  /// The scores, then the mistakes.
  var sections: [Page.Section] {
    let matrix =
      confusion.classCount <= Self.mostOfMatrix
      ? [
        Markup.kept(
          [
            .heading("Confusion"),
            .note(
              "Rows are the true classes, columns what was predicted; shades are shares of the row,",
              .text(" so of the true class.\(mistakes == nil ? "" : " A cell leads to its rows.")")),
            confusion.matrix,
          ])
      ] : []
    let rest =
      [.heading("By class, the weakest first"), classes.markup] + classNotes
      + [.flow(matrix + [confusion.pairs])] + probabilities
    let own = Page.Section(
      id: "scores-\(stage.name)", "Scores: \(stage.name)",
      [overview.markup] + (isMain ? rest : [.details(["Classes and confusion"], rest)]))
    return [own] + (mistakes.map { [$0.section(examples: confusion.examples)] } ?? [])
  }

  private var probabilities: [Markup] {
    let drawings = ProbabilityFigures(scores).drawings
    return drawings.isEmpty
      ? [] : [.kept([.heading("How far its probabilities can be believed"), .flow(drawings)])]
  }

  private var overview: PageTable {
    let baselines = BaselineScores(scores)
    let hasIntervals = Metric.ofClasses.contains { scores["\($0.name)-interval"] != nil }
    var columns: [PageTable.Column] =
      [.text("score"), .number("model")] + (hasIntervals ? [.number("± 95 %")] : [])
    if baselines.hasNaiveBayes { columns.append(.number("naive Bayes")) }
    if let majority = baselines.majorityClass { columns.append(.number("always ‘\(majority)’")) }
    var table = PageTable("scores", columns)
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
    let classes = ScoredClass.all(of: scores).sorted { ($0.f1, $0.name) < ($1.f1, $1.name) }
    let hasAverages = classes.contains { $0.averagePrecision != nil }
    var table = PageTable(
      "classes",
      [.text("class"), .number("F1"), .number("95 %"), .number("precision"), .number("recall")]
        + (hasAverages ? [.number("average precision")] : []) + [.number("rows")])
    for entry in classes.prefix(Self.mostClasses) {
      let interval = entry.interval.map { ends -> Markup in
        let numbers = [ends.lowerBound, ends.upperBound].map { end in
          Markup.number(end, Spelling.fixed(end, places: 2))
        }
        return .pieces([numbers[0], "–", numbers[1]])
      }
      let average = entry.averagePrecision.map { Markup.score($0) } ?? ""
      table.append(
        [
          .text(entry.name), PageTable.Cell(.score(entry.f1), share: entry.f1),
          PageTable.Cell(interval ?? ""), PageTable.Cell(.score(entry.precision)),
          PageTable.Cell(.score(entry.recall)),
        ] + (hasAverages ? [PageTable.Cell(average)] : [])
          + [PageTable.Cell(.count(entry.support))])
    }
    return table
  }

  private var classNotes: [Markup] {
    let rest = confusion.classCount - Self.mostClasses
    return (rest > 0 ? [.note(.text("and \(Spelling.count(rest, "better class"))"))] : []) + [
      .note(
        "95 %: where the F1 lies, by Wilson's interval of the rows of a class among those that are or",
        " were taken for it.")
    ]
  }
}
