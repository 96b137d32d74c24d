import Diagnostics
import Pipelines
import Text

/// Which columns of a file are read, and what the table calls them.
struct LoadColumns: Sendable {
  /// One column of the table: its name, and the columns of the file that are joined to make it.
  struct Column: Sendable {
    let name: String
    let parts: [NameOrNumber]
  }

  let columns: [Column]

  init(from options: inout StageOptions, isParallel: Bool) {
    let text = options.namesOrNumbers(
      "text", unset: "none", "the column to classify; several are joined by a space")
    let label = options.namesOrNumbers("label", unset: "none", "the column of the class")
    let source = options.namesOrNumbers("source", unset: "none", "the column to translate from")
    let target = options.namesOrNumbers("target", unset: "none", "the column to translate into")
    let keep = options.namesOrNumbers(
      "keep", unset: "none", "further columns to carry along under their own names")
    let roles = [("text", text), ("label", label), ("source", source), ("target", target)]
    for (name, parts) in roles.dropFirst() where parts.count > 1 {
      options.reject(name, .oneColumn(name))
    }
    columns =
      roles.filter { !$0.1.isEmpty }.map { Column(name: $0.0, parts: $0.1) }
      + keep.map { Column(name: Self.name(of: $0), parts: [$0]) }
    if columns.isEmpty, !isParallel { options.reject("text", .noColumns) }
    if !columns.isEmpty, isParallel { options.reject(columns[0].name, .columnsOfParallel) }
    let names = columns.map(\.name)
    if Set(names).count < names.count { options.reject("keep", .keptTwice) }
    if names.contains(TableText.originColumn) { options.reject("keep", .reservedColumn) }
  }

  var names: [String] { columns.map(\.name) }

  var labelPosition: Int? { names.firstIndex(of: "label") }

  /// What the reader is asked for, in the order of the parts.
  var choices: [ColumnChoice] {
    columns.flatMap { column in
      column.parts.enumerated().map { index, part in
        let name = index == 0 ? column.name : "\(column.name) \(index + 1)"
        return switch part {
        case .name(let header): ColumnChoice(name, .header(header))
        case .number(let number): ColumnChoice(name, .number(number))
        }
      }
    }
  }

  /// Joins the parts of each column by a space.
  func joined(_ batch: RowBatch) -> RowBatch {
    guard columns.contains(where: { $0.parts.count > 1 }) else { return batch }
    var joined = RowBatch(columnCount: columns.count)
    joined.reserve(rows: batch.count, byteCount: batch.bytes.count)
    for row in 0..<batch.count {
      var part = 0
      for column in columns {
        var field = Array(batch.field(row, part))
        for next in part + 1..<part + max(1, column.parts.count) {
          field.append(UInt8(ascii: " "))
          field += batch.field(row, next)
        }
        part += column.parts.count
        joined.append(field)
      }
      joined.endRow(batch.origins[row])
    }
    return joined
  }

  private static func name(of column: NameOrNumber) -> String {
    switch column {
    case .name(let name): name
    case .number(let number): "column-\(number)"
    }
  }
}

extension Diagnostic.Message {
  fileprivate static let noColumns = Self(
    "load is told no column to read",
    remedy: "name text and label, or source and target, by header or number")

  fileprivate static let columnsOfParallel = Self(
    "line-aligned files have no columns to choose from",
    remedy: "leave this out: each file is one column, named in files")

  fileprivate static let keptTwice = Self(
    "a column of that name is already there", remedy: "leave it out of keep")

  static let reservedColumn = Self(
    "every table has a column '\(TableText.originColumn)' of its own, where each row came from",
    remedy: "give the column another name")

  fileprivate static func oneColumn(_ name: String) -> Self {
    Self("\(name) wants one column", remedy: "only text joins several")
  }
}
