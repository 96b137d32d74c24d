import Diagnostics
import Formats
import Metrics
import Pipelines
import Reports
import Stages
import Sweeps

extension SweepTable {
  /// The table for a terminal, with as many scores as the width allows, and what its marks mean.
  package func text(width: Int) -> [String] {
    // Reasons of failures need some room after the scores.
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
    return lines + [""] + (legend.flatMap { $0.wrapped(to: width) } + missing)
  }

  private static let noteWidth = 36

  private func fits(scoreCount: Int, withNotes: Bool, width: Int) -> Bool {
    table(scoreCount: scoreCount, withNotes: withNotes).fits(width: width)
  }

  /// The table for a page in Markdown.
  package var markdown: [String] {
    func line(_ cells: [String]) -> String {
      "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }
    let shown = shown(scoreCount: columns.count)
    return [line(shown.map(\.title)), line(shown.map { $0.isNumber ? "---:" : "---" })]
      + rows.map { row in line(shown.map { $0.cell(row) }) } + [""] + legend
  }

  private func table(scoreCount: Int, withNotes: Bool = true) -> TextTable {
    let shown = shown(scoreCount: scoreCount, withNotes: withNotes)
    var table = TextTable(
      shown.map { column in
        column.isNumber
          ? .number(column.title) : column.canShrink ? .text(column.title) : .name(column.title)
      }, keyCount: 2)
    for row in rows { table.append(shown.map { $0.cell(row) }) }
    return table
  }

  private struct ShownColumn {
    let title: String
    var isNumber = false
    var canShrink = false
    let cell: (Row) -> String
  }

  private func shown(scoreCount: Int, withNotes: Bool = true) -> [ShownColumn] {
    var shown = [
      ShownColumn(title: "") { rows.count > 1 || status.plan.foldCount == 1 ? $0.mark : "" },
      ShownColumn(title: "point", isNumber: true) { "\($0.point.point.number)" },
    ]
    for (name, title) in optionTitles {
      shown.append(
        ShownColumn(title: title, isNumber: isNumber(name)) { $0.point.value(of: name) })
    }
    if hasExtents {
      shown.append(
        ShownColumn(title: "work", isNumber: true) { $0.point.extent.map(String.init) ?? "" })
    }
    if hasCosts {
      for (title, cell) in ModelCosts.columns {
        shown.append(ShownColumn(title: title, isNumber: true) { cell(costs(of: $0)) })
      }
    }
    for column in columns.indices.prefix(scoreCount) {
      shown.append(
        ShownColumn(title: titleWithSpread(of: columns[column]), isNumber: true) { row in
          row.scores[column]?.spelled(of: columns[column].score) ?? ""
        })
      guard isPooled(columns[column]) else { continue }
      shown.append(
        ShownColumn(title: pooledTitle(of: columns[column]), isNumber: true) { row in
          row.scores[column]?.pooled.map { Spelling.score($0, of: columns[column].score) } ?? ""
        })
    }
    if withNotes, rows.contains(where: { !$0.point.note.isEmpty }) {
      shown.append(ShownColumn(title: "state", canShrink: true) { $0.point.note })
    }
    return shown
  }

  private var hasExtents: Bool { status.plan.extents.count > 1 }

  private func isNumber(_ option: String) -> Bool {
    rows.allSatisfy { Double($0.point.value(of: option)) != nil }
  }

  package var legend: [String] {
    let plan = status.plan
    let objective = plan.objective
    var lines: [String] = []
    let interval = comparison.interval.map { interval in
      " ± \(Spelling.score(interval.halfWidth, of: objective.score)) for 95 % of resampled rows"
    }
    if plan.foldCount > 1, rows.count == 1 {
      lines += foldScores + (interval.map { ["\(objective.name) pooled,\($0)"] } ?? [])
    } else if status.best != nil {
      let word = objective.direction == .max ? "highest" : "lowest"
      let mean = hasSpread ? " on average" : ""
      let claim = isRanked ? "best: " : ""
      let ending = interval.map { plan.foldCount > 1 ? "; pooled,\($0)" : ",\($0)" } ?? ""
      lines.append("★ \(claim)\(word) \(objective.name)\(mean)\(ending)")
    }
    lines += otherRows
    if let test = comparison.test {
      let others =
        comparison.pValues.count < rows.count - 1 ? "the others that were scored" : "all others"
      let meaning =
        rows.contains(where: \.isTie)
        ? "= no worse than chance allows, p ≥ 0.05" : "\(others) are worse, p < 0.05"
      lines.append("\(meaning): \(test), Holm-corrected")
    } else if let reason = comparison.untested {
      lines.append("no test of \(objective.name): \(reason)")
    }
    lines += baselines
    if hasSpread {
      let (folds, seeds) = (plan.foldCount, plan.sweep.seedCount)
      let ofFolds = seeds > 1 ? "\(folds) folds, each the mean of \(seeds) seeds" : "\(folds) folds"
      lines.append("± sd: the standard deviation over \(folds > 1 ? ofFolds : "\(seeds) seeds")")
    }
    if columns.contains(where: isPooled) {
      lines.append("pooled: over the rows of all folds together, each row once")
    }
    if status.best != nil, rows.count > 1, Set(columns.map(\.stage)).count == 1 {
      lines.append("the best of many on these rows looks a little better than it is on others")
    }
    if hasExtents, let option = plan.extentName {
      lines.append("work: \(option) at which the point was scored; others were better then")
    }
    return lines
  }

  /// What each fold of the only point came to.
  private var foldScores: [String] {
    let objective = status.plan.objective
    let folds = (rows.first?.point.folds ?? []).map { fold in
      Score([fold.compactMap { $0.value(of: objective) }]).map {
        Spelling.score($0.mean, of: objective.score)
      }
    }
    guard folds.contains(where: { $0 != nil }) else { return [] }
    let list = folds.map { $0 ?? "none" }.joined(separator: ", ")
    return ["\(objective.name) of the folds, from 1 to \(folds.count): \(list)"]
  }

  /// What naive Bayes scores on the rows that points are ranked by, and what always answering the
  /// commonest class does; from the least to the most where points have prepared rows differently.
  private var baselines: [String] {
    let objective = status.plan.objective
    let points = status.points.map { point in
      point.trials.compactMap { $0.scores[objective.stage] }.map(BaselineScores.init)
    }
    // Of each point the mean over its folds; seeds have equal ones.
    func means(_ value: (BaselineScores) -> Double?) -> [Double] {
      points.compactMap { Score([$0.compactMap(value)])?.mean }
    }
    func span(_ values: [Double]) -> String? {
      guard let least = values.min(), let most = values.max() else { return nil }
      let ends = [least, most].map { Spelling.score($0, of: objective.score) }
      return ends[0] == ends[1] ? ends[0] : "\(ends[0])–\(ends[1])"
    }
    let naive = span(means { $0.naiveBayes(objective.score) }).map {
      "naive Bayes: \($0)"
    }
    let majority = span(means { $0.majority(objective.score) }).map {
      "always the commonest class: \($0)"
    }
    let known = [naive, majority].compactMap(\.self)
    return known.isEmpty ? [] : ["\(objective.name) of \(known.joined(separator: ", of "))"]
  }

  /// A note on points that were scored on other rows than the best one.
  private var otherRows: [String] {
    let counts = comparison.otherRowCounts.values.sorted(by: >)
    guard let best = comparison.bestRowCount, !counts.isEmpty else { return [] }
    let all = Set(counts + [best]).sorted(by: >).map { Spelling.count($0) }
    return [
      "points were scored on different rows (\(all.joined(separator: " and "))), so that they"
        + " cannot be ranked: ≠ marks those with other rows than ★"
    ]
  }
}
