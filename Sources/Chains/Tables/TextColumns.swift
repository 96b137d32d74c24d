import Diagnostics
import Pipelines

/// The columns of a table that a stage works on.
package struct TextColumns: Hashable, Sendable {
  /// The columns that hold text unless others are named.
  package static let standard = ["text", "source", "target"]
  /// Empty for all text columns of the table.
  package let names: [String]

  /// Declares the option `columns`.
  package init(from options: inout StageOptions) {
    names = options.texts(
      "columns", default: [],
      "which columns to work on; all of text, source and target unless given")
  }

  /// The positions of the columns in a table.
  ///
  /// - Throws: when a named column is missing, or the table has no text column at all.
  package func positions(in columns: [String], of table: String) throws(Diagnostic) -> [Int] {
    let wanted = names.isEmpty ? Self.standard.filter(columns.contains) : names
    guard !wanted.isEmpty else { throw Diagnostic(.noTextColumn(table, among: columns)) }
    return try columns.positions(of: wanted, in: table)
  }

  /// Whether a column of this name is one of them, in a table that has it.
  func include(_ name: String) -> Bool {
    names.isEmpty ? Self.standard.contains(name) : names.contains(name)
  }
}

extension [String] {
  /// The position of a column, in a table with columns of these names.
  ///
  /// - Throws: when there is none of the name.
  package func position(of name: String, in table: String) throws(Diagnostic) -> Int {
    guard let position = firstIndex(of: name) else {
      throw Diagnostic(.noColumn(name, table, among: self))
    }
    return position
  }

  /// The positions of several columns, in their order.
  package func positions(of names: [String], in table: String) throws(Diagnostic) -> [Int] {
    var positions: [Int] = []
    for name in names { positions.append(try position(of: name, in: table)) }
    return positions
  }
}

extension Diagnostic.Message {
  static func noTextColumn(_ table: String, among columns: [String]) -> Self {
    Self(
      "'\(table)' has no column text, source or target",
      remedy: "say which columns hold text, as in columns = [\"\(columns.first ?? "text")\"]")
  }

  package static func noColumn(_ name: String, _ table: String, among columns: [String]) -> Self {
    Self(
      "'\(table)' has no column '\(name)'\(Suggestion.ending(for: name, among: columns))",
      remedy: "its columns are \(columns.joined(separator: ", "))")
  }
}
