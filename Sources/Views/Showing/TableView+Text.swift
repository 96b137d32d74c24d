import Diagnostics
import Reports
import Text

extension TableView {
  /// The most values of a label column shown as bars; the others are summed up.
  private static let mostBars = 24

  func summary(width: Int) -> [String] {
    var parts = [headline]
    for (column, counted) in zip(columns, statistics.columns) {
      if let categories = column.categories(counted) {
        parts.append("\(column.name): \(Spelling.count(categories.count, "value"))")
      } else if column.numbers == nil {
        let words = counted.words
        parts.append(
          words.minimum == words.maximum
            ? "\(column.name): \(Spelling.count(words.maximum, "word")) each"
            : "\(column.name): \(words.minimum)–\(words.maximum) words,"
              + " mean \(Spelling.fixed(words.mean, places: 1))")
      }
    }
    return parts.joined(separator: "; ").wrapped(to: width)
  }

  func text(width: Int) -> [String] {
    if selection.row != nil {
      return rows.flatMap { $0.lines(columns: columnNames, width: width) }
    }
    let shown = ShownRow.lines(rows, columns: columnNames, width: width)
    if let text = selection.text {
      let more = matchCount > rows.count ? Spelling.onlyFirst(rows.count) : ""
      return ["\(Spelling.count(matchCount, "row")) with '\(text.printable)'\(more)"]
        + (rows.isEmpty ? [] : [""] + shown)
    }
    var lines = [headline, ""] + columnTable.lines(width: width)
    if let translations, !rows.isEmpty {
      let order = translations.score.map { "the worst by \($0)" } ?? "the first"
      lines += ["", "\(order):"]
      lines += rows.flatMap { row in
        [""] + translations.lines(of: row, columns: columnNames, width: width)
      }
    } else if !rows.isEmpty {
      lines += [""] + shown
    }
    for (place, column) in columns.enumerated() where translations?.areRead(place) ?? true {
      lines += [""] + distribution(of: column, statistics.columns[place], width: width)
    }
    return lines
  }

  private var headline: String {
    let count = statistics.rowCount
    var parts = ["\(Spelling.count(count, "row")), \(Spelling.count(columns.count, "column"))"]
    if let distinct = distinctRows.count, distinct < count {
      let repeated = count - distinct
      parts.append("\(Spelling.count(repeated)) repeat\(repeated == 1 ? "s" : "") an earlier one")
    }
    return parts.joined(separator: "; ")
  }

  /// A line for each column: how full, how varied, how long.
  private var columnTable: TextTable {
    var table = TextTable([
      .name("column"), .number("empty"), .number("different"), .number("words: least"),
      .number("median"), .number("mean"), .number("99 %"), .number("most"), .number("characters"),
    ])
    for (column, counted) in zip(columns, statistics.columns) {
      let words = counted.words
      table.append([
        column.name, Spelling.count(counted.emptyCount),
        column.distinct.count.map { Spelling.count($0) } ?? "very many",
        Spelling.count(words.minimum), Spelling.count(words.percentile(0.5)),
        Spelling.fixed(words.mean, places: 1), Spelling.count(words.percentile(0.99)),
        Spelling.count(words.maximum), Spelling.count(counted.characters.total),
      ])
    }
    return table
  }

  private func distribution(
    of column: TableColumn, _ counted: TableStatistics.Column, width: Int
  ) -> [String] {
    if let categories = column.categories(counted) {
      let shown = categories.prefix(Self.mostBars)
      let chart = BarChart(Array(shown), total: statistics.rowCount)
      let rest = categories.dropFirst(Self.mostBars)
      let more =
        rest.isEmpty
        ? []
        : [
          "… and \(Spelling.count(rest.count)) rarer ones with"
            + " \(Spelling.count(rest.reduce(0) { $0 + $1.count }, "row"))"
        ]
      let heading = "\(column.name): \(Spelling.count(categories.count, "value"))"
      return [heading] + chart.lines(width: width) + more
    }
    if let numbers = column.numbers, numbers.total > 0 {
      let told = Spelling.measures([numbers.lowest, numbers.highest, numbers.mean])
      return [
        "\(column.name): \(told[0]) to \(told[1]), mean \(told[2])"
      ] + BarChart(numbers.bins, labelAlignment: .right).lines(width: width)
    }
    let words = counted.words
    return ["\(column.name): words in a row"] + words.histogram.lines(width: width)
      + characters(of: column).wrapped(to: width) + scripts(of: column).wrapped(to: width)
  }

  private func characters(of column: TableColumn) -> String {
    let others = column.characters.outsideASCII
    let start = "\(Spelling.count(column.characters.distinctCount, "different character"))"
    guard !others.isEmpty else { return "\(start), all ASCII" }
    let most = others.prefix(12).map { entry in
      // A no-break space, so that lines are not broken there.
      "\(String(entry.scalar).printable)\u{A0}\(Spelling.count(entry.count))"
    }
    return "\(start), \(Spelling.count(others.count)) not ASCII: \(most.joined(separator: ", "))"
      + (others.count > 12 ? ", …" : "")
  }

  /// `letters: Latin 1,204 (96.3 %), Cyrillic 46 (3.7 %)`.
  private func scripts(of column: TableColumn) -> String {
    let scripts = column.characters.scripts
    let total = scripts.reduce(0) { $0 + $1.count }
    let parts = scripts.map { script, count in
      "\(script.rawValue)\u{A0}\(Spelling.count(count))"
        + (scripts.count > 1 ? "\u{A0}(\(Spelling.percent(count, of: total)))" : "")
    }
    return "letters: \(parts.isEmpty ? "none" : parts.joined(separator: ", "))"
  }
}
