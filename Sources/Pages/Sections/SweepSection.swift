import Pipelines
import Sweeps
import Views

/// The section of a sweep: its points with settings and scores, as a drawing and as a table.
struct SweepSection {
  private let table: SweepTable

  /// Nil for a sweep of which no point has scores.
  init?(_ table: SweepTable) {
    guard table.rows.contains(where: { $0.point.value != nil }) else { return nil }
    self.table = table
  }

  private var name: String { table.status.plan.sweep.name }

  var section: Page.Section {
    let drawing = ParallelCoordinates(
      table.rows.map(point), score: table.status.plan.objective.name
    ).drawing
    return Page.Section(
      id: "sweep-\(name)", "Sweep: \(name)",
      [
        .figure(
          drawing,
          """
          Each line is a point: its settings, and at the right its score. The thick line is the \
          best; blue ones cannot be told from it; dotted ones have no score.
          """),
        rows.markup,
      ] + (table.legend + failures).map { .note(.text($0)) })
  }

  /// The reasons of failed points, which are too long for the table.
  private var failures: [String] {
    table.rows.filter { $0.point.state == .failed }
      .map { "point \($0.point.point.number) \($0.point.note)" }
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

  private var rows: PageTable {
    let hasNotes = table.rows.contains { !$0.point.note.isEmpty }
    let hasExtents = table.status.plan.extents.count > 1
    var page = PageTable(
      [.text(""), .number("point")] + table.optionTitles.map { .number($0.title) }
        + (hasExtents ? [.number("work")] : [])
        + table.columns.flatMap { column -> [PageTable.Column] in
          [.number(table.titleWithSpread(of: column))]
            + (table.isPooled(column) ? [.number(table.pooledTitle(of: column))] : [])
        }
        + (hasNotes ? [.text("state")] : []))
    for row in table.rows {
      var cells: [PageTable.Cell] = [
        .text(row.mark),
        PageTable.Cell(.count(row.point.point.number)),
      ]
      cells += table.optionTitles.map { .text(row.point.value(of: $0.name)) }
      if hasExtents { cells.append(PageTable.Cell(row.point.extent.map { .count($0) } ?? "")) }
      for (column, score) in zip(table.columns, row.scores) {
        cells.append(PageTable.Cell(score?.markup(of: column.score) ?? ""))
        guard table.isPooled(column) else { continue }
        cells.append(PageTable.Cell(score?.pooled.map { .score($0, of: column.score) } ?? ""))
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
