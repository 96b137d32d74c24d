import Reports

/// A table of a view, which other programs can read too.
package struct ShownTable: Sendable {
  /// What tells it from the other tables of the view.
  package let title: String
  package let table: TextTable

  package init(_ title: String, _ table: TextTable) {
    self.title = title
    self.table = table
  }
}
