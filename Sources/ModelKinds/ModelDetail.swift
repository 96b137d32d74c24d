import Formats
import Reports

/// A detail that one kind of model shows: a table for people, JSON for programs.
package struct ModelDetail: Sendable {
  /// The heading of the table, and the name of the JSON member.
  package let title: String
  package let table: TextTable
  package let json: JSONValue

  package init(_ title: String, _ table: TextTable, json: JSONValue) {
    self.title = title
    self.table = table
    self.json = json
  }
}
