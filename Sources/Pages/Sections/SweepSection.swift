import Artifacts
import Diagnostics
import Formats
import Pipelines
import Reports
import Sweeps
import Views

/// The section of a sweep: its best setting, then its points as drawings and as a table.
struct SweepSection {
  /// The most points that are drawn and listed.
  private static let mostDots = 30
  private static let mostLines = 120
  private static let mostRows = 60
  /// The most scores of a point that are listed.
  private static let mostScores = 4

  private let table: SweepTable
  /// The command that runs the best point; nil without one.
  private let command: String?
  /// Translations of the greatest length allowed, by the numbers of the points.
  private let cut: [(point: Int, count: Int)]

  /// Nil for a sweep of which no point has scores.
  ///
  /// - Parameter command: the one that runs its best point.
  init?(_ table: SweepTable, command: String?, in store: ArtifactStore) throws(Diagnostic) {
    guard table.rows.contains(where: { $0.point.value != nil }) else { return nil }
    self.table = table
    self.command = command
    var cut: [(point: Int, count: Int)] = []
    for row in table.rows {
      var count = 0
      for record in row.point.trials.flatMap(\.records.values) {
        count += try CutTranslations(of: record, in: store)?.count ?? 0
      }
      if count > 0 { cut.append((row.point.point.number, count)) }
    }
    self.cut = cut
  }

  /// Why scores of translations may be odd.
  private var cutNotes: [String] {
    cut.prefix(Self.mostRows).map { point, count in
      "point \(point): \(Spelling.count(count, "translation")) reached the length limit"
    }
  }

  private var name: String { table.status.plan.sweep.name }
  private var objective: Objective { table.status.plan.objective }
  private var best: SweepTable.Row? { table.rows.first(where: \.isBest) }
  /// Whether there is but one point, whose folds are looked at.
  private var isOfFolds: Bool { table.rows.count == 1 && table.status.plan.foldCount > 1 }

  var section: Page.Section {
    let drawings = [isOfFolds ? folds : dots, isOfFolds ? nil : lines].compactMap(\.self)
    return Page.Section(
      id: "sweep-\(name)", "Sweep: \(name)",
      [.facts(facts)] + advice + [.flow(drawings), rows.markup]
        + (cutNotes + hidden + table.legend + failures).map { .note(.text($0)) })
  }

  private var facts: [(name: String, value: Markup)] {
    var facts: [(name: String, value: Markup)] = []
    if let best, let score = best.scores.first.flatMap(\.self) {
      let spread = score.deviation == nil ? "" : " ± sd"
      let subject = isOfFolds ? objective.name : "best \(objective.name)"
      facts.append(("\(subject)\(spread)", score.markup(of: objective.score)))
      if !isOfFolds { facts.append(("at point", .count(best.point.point.number))) }
    }
    let plan = table.status.plan
    facts.append(
      (
        "runs",
        .text(plan.repetitions.map { "\(plan.trials.count) (\($0))" } ?? "\(plan.trials.count)")
      ))
    facts.append(("work of all", .text(Spelling.duration(table.workSeconds))))
    return facts
  }

  /// The best setting as a command.
  private var advice: [Markup] {
    guard let command, !isOfFolds else { return [] }
    return [.paragraph("The best setting:"), .tag(.pre, [:], command)]
  }

  /// The points by their scores.
  private var dots: Markup? {
    let scored = table.rows.filter { $0.point.value != nil }
    guard scored.count > 1 else { return nil }
    let drawing = DotDrawing(
      title: "\(objective.name) of each point", of: objective.name,
      scored.prefix(Self.mostDots).compactMap(dot)
    ).drawing
    let rest = scored.count - Self.mostDots
    let verb = rest == 1 ? "is" : "are"
    let more =
      rest > 0 ? " \(Spelling.count(rest, "point")) with lower ranks \(verb) not drawn." : ""
    let whiskers =
      table.hasSpread
      ? "Whiskers are the standard deviation."
      : "Whiskers hold the scores of 95 % of resampled rows."
    return .figure(
      drawing, "Orange is the best; blue cannot be told from it. ", .text(whiskers + more))
  }

  private func dot(_ row: SweepTable.Row) -> DotDrawing.Dot? {
    guard let score = row.scores.first.flatMap(\.self) else { return nil }
    let settings = table.optionTitles.map { row.point.value(of: $0.name) }
      .filter { !$0.isEmpty }.joined(separator: ", ")
    return DotDrawing.Dot(
      "\(row.point.point.number): \(settings)", score.mean, reach: reach(row, score),
      spelling: score.spelled(of: objective.score),
      rank: row.isBest ? .best : row.isTie ? .tied : .ordinary)
  }

  /// The deviation over folds or seeds, or half the interval of the only run.
  private func reach(_ row: SweepTable.Row, _ score: SweepTable.Score) -> Double? {
    if let deviation = score.deviation { return deviation }
    guard !table.hasSpread, let trial = row.point.trials.first else { return nil }
    return trial.scores[objective.stage]?["\(objective.score)-interval"]?.doubleValue
  }

  /// The folds of the only point.
  private var folds: Markup? {
    guard let point = table.rows.first?.point, let column = table.columns.first else { return nil }
    let values = point.folds.enumerated().compactMap { place, fold -> DotDrawing.Dot? in
      let values = fold.compactMap { $0.scores[column.stage]?[column.score]?.doubleValue }
      return SweepTable.Score([values]).map { score in
        DotDrawing.Dot(
          "fold \(place + 1)", score.mean, reach: score.deviation,
          spelling: score.spelled(of: column.score))
      }
    }
    guard values.count > 1 else { return nil }
    return .figure(
      DotDrawing(
        title: "\(objective.name) of each fold", of: objective.name,
        Array(values.prefix(Self.mostDots))
      ).drawing)
  }

  /// The points as lines through their settings.
  private var lines: Markup? {
    guard table.optionTitles.count > 1, table.rows.count > 1 else { return nil }
    let drawing = ParallelCoordinates(
      table.rows.prefix(Self.mostLines).map(point), score: objective.name
    ).drawing
    return .figure(
      drawing,
      """
      Each line is a point: its settings, and at the right its score. The thick line is the best; \
      blue ones cannot be told from it; dotted ones have no score.
      """)
  }

  private func point(_ row: SweepTable.Row) -> ParallelCoordinates.Point {
    ParallelCoordinates.Point(
      options: table.optionTitles.map { option in
        let value = row.point.value(of: option.name)
        return (option.title, value.isEmpty ? nil : value)
      },
      score: row.scores.first??.mean,
      rank: row.scores.first.flatMap(\.self) == nil
        ? .unscored : row.isBest ? .best : row.isTie ? .tied : .ordinary)
  }

  /// What is left out of the table.
  private var hidden: [String] {
    let scores = table.columns.dropFirst(Self.mostScores).map { table.title(of: $0) }
    let rest = table.rows.count - Self.mostRows
    return
      (rest > 0 ? ["and \(Spelling.count(rest, "more point")), which the command table lists"] : [])
      + (scores.isEmpty
        ? [] : ["not shown: \(scores.joined(separator: ", ")), which the command table lists"])
  }

  /// The reasons of failed points, which are too long for the table.
  private var failures: [String] {
    table.rows.filter { $0.point.state == .failed }.prefix(Self.mostRows)
      .map { "point \($0.point.point.number) \($0.point.note)" }
  }

  private var rows: PageTable {
    let hasNotes = table.rows.contains { !$0.point.note.isEmpty }
    let hasExtents = table.status.plan.extents.count > 1
    let hasTests = table.rows.contains { table.pValue(of: $0) != nil }
    let columns = table.columns.prefix(Self.mostScores)
    var page = PageTable(
      "points of \(name)",
      [.text(""), .number("point")] + table.optionTitles.map { .number($0.title) }
        + (hasExtents ? [.number("work")] : [])
        + columns.enumerated().flatMap { place, column -> [PageTable.Column] in
          [.number(table.titleWithSpread(of: column))]
            + (table.isPooled(column) ? [.number(table.pooledTitle(of: column))] : [])
            + (place == 0 && hasTests ? [.number("p")] : [])
        } + (hasNotes ? [.text("state")] : []))
    for row in table.rows.prefix(Self.mostRows) {
      var cells: [PageTable.Cell] = [
        .text(row.mark),
        PageTable.Cell(.count(row.point.point.number)),
      ]
      cells += table.optionTitles.map { .text(row.point.value(of: $0.name)) }
      if hasExtents { cells.append(PageTable.Cell(row.point.extent.map { .count($0) } ?? "")) }
      for (place, column) in columns.enumerated() {
        let score = row.scores[place]
        cells.append(PageTable.Cell(score?.markup(of: column.score) ?? ""))
        if table.isPooled(column) {
          cells.append(PageTable.Cell(score?.pooled.map { .score($0, of: column.score) } ?? ""))
        }
        if place == 0, hasTests {
          let value = table.pValue(of: row)
          cells.append(
            PageTable.Cell(value.map(Markup.probability) ?? ""))
        }
      }
      if hasNotes { cells.append(.text(String(row.point.note.prefix { $0 != ":" }))) }
      page.append(cells, isMarked: row.isBest)
    }
    return page
  }
}

extension SweepTable.Score {
  /// `0.9565 ± 0.0021`.
  func markup(of name: String) -> Markup {
    guard let deviation else { return .score(mean, of: name) }
    return .pieces([.score(mean, of: name), " ± ", .score(deviation, of: name)])
  }
}
