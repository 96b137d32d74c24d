import Diagnostics
import Formats
import Reports

/// One row of a table or dataset, picked out to be shown.
struct ShownRow: Sendable {
  /// Counted from 1.
  let number: Int
  /// The line it was loaded from.
  let line: String
  let fields: [String]
  /// The file and the line, as `test.tsv:456`; nil where all rows are of one file, or it is not known.
  var place: String?

  func json(columns: [String]) -> JSONValue {
    .object(
      [.init("row", .integer(number)), .init("line", .string(line))]
        + (place.map { [.init("place", .string($0))] } ?? [])
        + zip(columns, fields).map { .init($0, .string($1)) })
  }

  /// The whole row, a field after the other.
  func lines(columns: [String], width: Int) -> [String] {
    let nameWidth = columns.reduce(4) { max($0, $1.displayWidth) }
    let heading =
      "row \(Spelling.count(number)), loaded from \(place?.printable ?? "line \(line)")"
    return [heading]
      + zip(columns, fields).flatMap { name, field in
        field.printable.wrapped(to: max(20, width - nameWidth - 4)).enumerated().map {
          "  \(($0.offset == 0 ? name : "").padded(to: nameWidth))  \($0.element)"
        }
      }
  }

  /// Several rows as a table, cut to the width.
  static func lines(_ rows: [ShownRow], columns: [String], width: Int) -> [String] {
    table(rows, columns: columns).lines(width: width)
  }

  /// Several rows, whole.
  static func table(_ rows: [ShownRow], columns: [String]) -> TextTable {
    var table = TextTable([.number("line")] + columns.map { .text($0) })
    for row in rows { table.append([row.place ?? row.line] + row.fields) }
    return table
  }
}
