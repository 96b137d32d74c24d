import Formats
import Reports

/// Something that one kind of model shows of itself: a table for people, JSON for programs.
package struct ModelDetail: Sendable {
  /// What stands above the table, and in JSON before the value.
  package let title: String
  package let table: TextTable
  package let json: JSONValue

  package init(_ title: String, _ table: TextTable, json: JSONValue) {
    self.title = title
    self.table = table
    self.json = json
  }
}
