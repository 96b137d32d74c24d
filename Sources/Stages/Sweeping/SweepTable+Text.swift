import Metrics
import Pipelines
import Reports

extension SweepTable {
  /// The table for a terminal, with as many scores as the width allows, and what its marks mean.
  package func text(width: Int) -> [String] {
    // Reasons of failures need some room behind the scores.
    let room = rows.contains { $0.point.state == .failed } ? width - Self.noteWidth : width
    var count = columns.count
    while count > 1, !fits(scoreCount: count, withNotes: room == width, width: room) { count -= 1 }
    let lines = table(scoreCount: count).lines(width: width)
    let hidden = columns.dropFirst(count).map { title(of: $0) }
    let missing =
      hidden.isEmpty
      ? []
      : "not shown for want of width: \(hidden.joined(separator: ", ")); --format csv has them"
        .wrapped(to: width)
    return lines + [""] + (legend.map { $0.fitted(to: width) } + missing)
  }

  private static let noteWidth = 36

  private func fits(scoreCount: Int, withNotes: Bool, width: Int) -> Bool {
    table(scoreCount: scoreCount, withNotes: withNotes).lines(width: width)
      .allSatisfy { $0.displayWidth <= width }
  }

  /// The table for a page in Markdown.
  package var markdown: [String] {
    func line(_ cells: [String]) -> String {
      "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }
    let rules = titles(scoreCount: columns.count).map { $0.isNumber ? "---:" : "---" }
    return [line(titles(scoreCount: columns.count).map(\.title)), line(rules)]
      + rows.map { line(cells(of: $0, scoreCount: columns.count)) } + [""] + legend
  }

  private func table(scoreCount: Int, withNotes: Bool = true) -> TextTable {
    let hasNotes = withNotes && hasNotes
    let titles = titles(scoreCount: scoreCount).dropLast(hasNotes == self.hasNotes ? 0 : 1)
    var table = TextTable(
      titles.map { title in
        title.isNumber
          ? .number(title.title) : title.canShrink ? .text(title.title) : .name(title.title)
      })
    for row in rows {
      table.append(Array(cells(of: row, scoreCount: scoreCount).prefix(titles.count)))
    }
    return table
  }

  private struct Title {
    let title: String
    var isNumber = false
    var canShrink = false
  }

  private var hasExtents: Bool { standing.plan.extents.count > 1 }

  private var hasNotes: Bool { rows.contains { !$0.point.note.isEmpty } }

  private func titles(scoreCount: Int) -> [Title] {
    var titles = [Title(title: ""), Title(title: "point", isNumber: true)]
    titles += optionTitles.map { Title(title: $0.title, isNumber: isNumber($0.name)) }
    if hasExtents { titles.append(Title(title: "work", isNumber: true)) }
    titles += columns.prefix(scoreCount).map { Title(title: title(of: $0), isNumber: true) }
    if hasNotes { titles.append(Title(title: "state", canShrink: true)) }
    return titles
  }

  private func isNumber(_ option: String) -> Bool {
    rows.allSatisfy { Double($0.point.value(of: option)) != nil }
  }

  private func cells(of row: Row, scoreCount: Int) -> [String] {
    var cells = [row.isBest ? "★" : row.isTie ? "=" : "", "\(row.point.point.number)"]
    cells += optionTitles.map { row.point.value(of: $0.name) }
    if hasExtents { cells.append(row.point.extent.map(String.init) ?? "") }
    cells += columns.indices.prefix(scoreCount).map { column in
      row.scores[column].map { spelled($0, places: places(of: column)) } ?? ""
    }
    if hasNotes { cells.append(row.point.note) }
    return cells
  }

  private func spelled(_ score: Score, places: Int) -> String {
    let mean = Spelling.fixed(score.mean, places: places)
    return score.deviation.map { "\(mean) ± \(Spelling.fixed($0, places: places))" } ?? mean
  }

  /// Shares have four places, scores of up to 100 two.
  private func places(of column: Int) -> Int {
    rows.contains { abs($0.scores[column]?.mean ?? 0) > 10 } ? 2 : 4
  }

  var legend: [String] {
    let plan = standing.plan
    let objective = plan.objective
    var lines: [String] = []
    if standing.best != nil {
      let word = objective.direction == .max ? "highest" : "lowest"
      let mean = plan.sweep.seedCount > 1 ? " on average" : ""
      let interval = comparison.interval.map { interval in
        let places = places(of: 0)
        return
          ", ± \(Spelling.fixed(interval.halfWidth, places: places)) for 95 % of resampled rows"
      }
      lines.append("★ best: \(word) \(objective.name)\(mean)\(interval ?? "")")
    }
    if let test = comparison.test {
      let others =
        comparison.pValues.count < rows.count - 1 ? "the others that were scored" : "all others"
      let meaning =
        rows.contains(where: \.isTie)
        ? "= no worse than chance allows, p ≥ 0.05" : "\(others) are worse, p < 0.05"
      lines.append("\(meaning): \(test), Holm-corrected")
    }
    if plan.sweep.seedCount > 1 {
      lines.append("± standard deviation over \(plan.sweep.seedCount) seeds")
    }
    if standing.best != nil, rows.count > 1, Set(columns.map(\.stage)).count == 1 {
      lines.append("the best of many on these rows looks a little better than it is on others")
    }
    if hasExtents, let option = plan.extentName {
      lines.append("work: \(option) at which the point was scored; others were better then")
    }
    return lines
  }
}
