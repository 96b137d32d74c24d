import Diagnostics

/// A column that a model adds to the rows it answers.
package struct AnswerColumn: Hashable, Sendable {
  package let name: String
  /// Whether its fields are numbers.
  package let isNumber: Bool

  package init(_ name: String, isNumber: Bool = false) {
    self.name = name
    self.isNumber = isNumber
  }
}

extension [AnswerColumn] {
  /// Throws when a column of the rows, or another one that is added, has a name already.
  ///
  /// - Parameters:
  ///   - columns: those of the rows.
  ///   - table: where the rows come from.
  ///   - option: what sets the beginning of the names, as a person writes it: `--prefix`.
  func check(beside columns: [String], of table: String, option: String) throws(Diagnostic) {
    var names = Set(columns)
    for column in self where !names.insert(column.name).inserted {
      throw Diagnostic(
        columns.contains(column.name)
          ? .nameIsTaken(column.name, table, option) : .sameNames(column.name))
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func nameIsTaken(_ name: String, _ table: String, _ option: String) -> Self {
    Self(
      "'\(table)' has a column '\(name)' already",
      remedy: "let the names of the new columns begin otherwise: \(option)")
  }

  fileprivate static func sameNames(_ name: String) -> Self {
    Self(
      "two new columns would be called '\(name)', since a class is called like another column",
      remedy: "leave the probabilities of all classes out, or name the class otherwise")
  }
}
