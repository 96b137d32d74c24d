import Diagnostics
import Pipelines
import Text

/// The columns of a file that are read, and their names in the table.
struct LoadColumns: Sendable {
  /// One column of the table: its name, and the columns of the file that are joined to make it.
  struct Column: Sendable {
    let name: String
    let parts: [NameOrNumber]
    /// What stands between the parts; nil for a space.
    let template: TextTemplate?

    init(name: String, parts: [NameOrNumber]) {
      self.name = name
      self.parts = parts
      template = nil
    }

    init(name: String, template: TextTemplate) {
      self.name = name
      parts = template.columns
      self.template = template
    }
  }

  private let columns: [Column]
  /// What the table's columns are called.
  let names: [String]

  private init(_ columns: [Column]) {
    self.columns = columns
    names = columns.map(\.name)
  }

  /// Each column by itself, with the option that names it.
  var single: [(option: String, columns: LoadColumns)] {
    let roles = ["text", "label", "source", "target"]
    return columns.map { column in
      let option = roles.contains(column.name) ? column.name : "keep"
      return (column.template == nil ? option : "template", LoadColumns([column]))
    }
  }

  /// - Parameter files: what is read; some layouts have columns of their own.
  init(from options: inout StageOptions, of files: LoadSource) {
    let reportedCount = options.problems.count
    let text = options.namesOrNumbers(
      "text", unset: "none", "the column to classify; several are joined by a space")
    let label = options.namesOrNumbers("label", unset: "none", "the column of the class")
    let source = options.namesOrNumbers("source", unset: "none", "the column to translate from")
    let target = options.namesOrNumbers("target", unset: "none", "the column to translate into")
    let keep = options.namesOrNumbers(
      "keep", unset: "none", "further columns to carry along under their own names")
    let template = options.optionalText(
      "template", unset: "none",
      "a text made of several columns, instead of text: \"{title}: {body}\"")
    let roles = [("text", text), ("label", label), ("source", source), ("target", target)]
    for (name, parts) in roles.dropFirst() where parts.count > 1 {
      options.reject(name, .oneColumn(name))
    }
    var columns = roles.filter { !$0.1.isEmpty }.map { Column(name: $0.0, parts: $0.1) }
    if let template {
      do throws(Diagnostic) {
        columns.insert(Column(name: "text", template: try TextTemplate(template)), at: 0)
      } catch {
        options.reject("template", error.message)
      }
      if !text.isEmpty { options.reject("template", .textTwice) }
    }
    columns += keep.map { Column(name: Self.name(of: $0), parts: [$0]) }
    self.columns = columns
    // One that is no name or number is reported already.
    if columns.isEmpty, files.hasColumns, options.problems.count == reportedCount {
      options.reject("text", .noColumns)
    }
    if let first = columns.first, !files.hasColumns {
      let name = first.template == nil ? first.name : "template"
      options.reject(options.isGiven(name) ? name : "keep", .ownColumns(files.ownColumns))
    }
    let names = columns.map(\.name)
    if Set(names).count < names.count { options.reject("keep", .keptTwice) }
    if names.contains(TableText.originColumn) { options.reject("keep", .reservedColumn) }
    self.names = files.hasColumns ? names : files.ownColumns
  }

  var labelPosition: Int? { names.firstIndex(of: "label") }

  /// The columns to be read, in the order of the parts.
  var choices: [ColumnChoice] {
    columns.flatMap { column in
      column.parts.enumerated().map { index, part in
        let name = index == 0 ? column.name : "\(column.name) \(index + 1)"
        let joins = column.name != "label"
        return switch part {
        case .name(let header): ColumnChoice(name, .header(header), joinsLists: joins)
        case .number(let number): ColumnChoice(name, .number(number), joinsLists: joins)
        }
      }
    }
  }

  /// Whether a column is made of parts, or by a template.
  var areJoined: Bool { columns.contains { $0.parts.count > 1 || $0.template != nil } }

  /// Joins the parts of each column by a space, or as its template says.
  func joined(_ batch: RowBatch) -> RowBatch {
    guard areJoined else { return batch }
    var joined = RowBatch(columnCount: columns.count)
    joined.reserve(rows: batch.count, byteCount: batch.bytes.count)
    for row in 0..<batch.count {
      var part = 0
      for column in columns {
        let fields = (part..<part + column.parts.count).map { batch.field(row, $0) }
        joined.append(
          column.template?.text(of: fields) ?? Array(fields.joined(separator: [UInt8(ascii: " ")])))
        part += column.parts.count
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

  fileprivate static func ownColumns(_ names: [String]) -> Self {
    Self(
      "these files have no columns to choose from",
      remedy: "leave this out: the table has \(names.joined(separator: " and "))")
  }

  fileprivate static let textTwice = Self(
    "text and template both say what the text is", remedy: "leave one of them out")

  fileprivate static let keptTwice = Self(
    "a column of that name is already there", remedy: "leave it out of keep")

  static let reservedColumn = Self(
    "every table has a column '\(TableText.originColumn)' of its own, where each row came from",
    remedy: "give the column another name")

  fileprivate static func oneColumn(_ name: String) -> Self {
    Self("\(name) wants one column", remedy: "only text joins several")
  }
}
