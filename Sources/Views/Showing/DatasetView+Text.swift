import Datasets
import Diagnostics
import Formats
import Reports
import Text

extension DatasetView {
  /// The most classes shown as bars; the others are summed up.
  private static let mostBars = 40

  func summary(width: Int) -> [String] {
    var parts = [headline]
    for column in columns {
      parts.append(
        "\(column.name): \(Spelling.range(column.lengths.minimum, column.lengths.maximum, "token")),"
          + " \(Spelling.percent(column.paddingShare)) padding")
    }
    return parts.joined(separator: "; ").wrapped(to: width)
  }

  func text(width: Int) -> [String] {
    if selection.row != nil {
      return rows.flatMap { $0.lines(columns: fieldNames, width: width) }
    }
    let shown = ShownRow.lines(rows, columns: fieldNames, width: width)
    if let text = selection.text {
      return ["\(Spelling.count(matchCount, "row")) with '\(text.printable)'"]
        + (rows.isEmpty ? [] : [""] + shown)
    }
    var lines = [headline, ""] + columnTable.lines(width: width)
    if !rows.isEmpty { lines += [""] + shown }
    if !dataset.classNames.isEmpty {
      lines += [""] + BarChart(Array(balance.prefix(Self.mostBars))).lines(width: width)
      let rest = balance.dropFirst(Self.mostBars)
      if !rest.isEmpty { lines.append("… and \(Spelling.count(rest.count, "more class"))") }
    }
    for column in columns {
      lines += ["", "\(column.name): tokens in a row, padding left out"]
      lines += column.lengths.histogram.lines(width: width)
    }
    return lines
  }

  var tables: [ShownTable] { [ShownTable("columns", columnTable)] }

  var json: JSONValue {
    let shown = JSONValue.array(rows.map { $0.json(columns: fieldNames) })
    if selection.row != nil { return rows.first?.json(columns: fieldNames) ?? .null }
    if selection.text != nil { return ["matches": .integer(matchCount), "rows": shown] }
    let described = columns.map { column in
      [
        "name": .string(column.name), "vocabulary": .integer(column.vocabularySize),
        "ids": .integer(column.idCount), "padding-share": .number(column.paddingShare),
        "unknown": column.unknownCount.map { .integer($0) } ?? .null,
        "lengths": column.lengths.json,
      ] as JSONValue
    }
    return [
      "rows": .integer(dataset.count), "columns": .array(described),
      "classes": .object(
        dataset.classNames.isEmpty ? [] : balance.map { .init($0.label, .integer($0.count)) }),
      "first": shown,
    ]
  }

  private var headline: String {
    let classes =
      dataset.classNames.isEmpty ? "no labels" : Spelling.count(dataset.classNames.count, "class")
    return "\(Spelling.count(dataset.count, "row")), \(classes)"
  }

  private var columnTable: TextTable {
    var table = TextTable([
      .name("column"), .number("vocabulary"), .number("tokens"), .number("padding"),
      .number("unknown"), .number("least"), .number("median"), .number("mean"), .number("most"),
    ])
    for column in columns {
      let lengths = column.lengths
      table.append([
        column.name, Spelling.count(column.vocabularySize), Spelling.count(lengths.total),
        Spelling.percent(column.paddingShare),
        column.unknownCount.map { Spelling.percent($0, of: lengths.total) } ?? "?",
        Spelling.count(lengths.minimum), Spelling.count(lengths.percentile(0.5)),
        Spelling.fixed(lengths.mean, places: 1), Spelling.count(lengths.maximum),
      ])
    }
    return table
  }
}
