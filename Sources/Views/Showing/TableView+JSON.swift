import Formats
import Reports
import Text

extension TableView {
  var json: JSONValue {
    let shown = JSONValue.array(rows.map { $0.json(columns: columnNames) })
    if selection.row != nil { return rows.first?.json(columns: columnNames) ?? .null }
    if selection.text != nil { return ["matches": .integer(matchCount), "rows": shown] }
    let described = zip(columns, statistics.columns).map(json)
    return [
      "rows": .integer(statistics.rowCount),
      "distinct-rows": distinctRows.count.map { .integer($0) } ?? .null,
      "columns": .array(described), "first": shown,
    ]
  }

  private func json(_ column: TableColumn, _ counted: TableStatistics.Column) -> JSONValue {
    let values = column.categories(counted).map { categories in
      JSONValue.object(categories.map { .init($0.label, .integer($0.count)) })
    }
    return [
      "name": .string(column.name), "empty": .integer(counted.emptyCount),
      "distinct": column.distinct.count.map { .integer($0) } ?? .null,
      "words": counted.words.json, "characters": counted.characters.json,
      "scripts": .object(
        column.characters.scripts.map { .init($0.script.rawValue, .integer($0.count)) }),
      "values": values ?? .null,
    ]
  }
}

extension LengthHistogram {
  /// Range, mean, percentiles, and the bins of a drawing.
  var json: JSONValue {
    [
      "least": .integer(minimum), "median": .integer(percentile(0.5)), "mean": .number(mean),
      "percentile-99": .integer(percentile(0.99)), "most": .integer(maximum),
      "total": .integer(total), "histogram": .array(histogram.bins.map(\.json)),
    ]
  }

  /// The histogram that is drawn; a few lengths far above all others are in its last bin.
  var histogram: Histogram {
    Histogram(minimum: minimum, maximum: maximum, tail: percentile(0.995), count: count)
  }
}

extension Histogram.Bin {
  package var json: JSONValue {
    ["from": .integer(first), "to": .integer(last), "count": .integer(count)]
  }
}
