import Diagnostics

/// The files and lines from which the rows of a shown output were loaded.
package struct ShownOrigins: Sendable {
  private let path: RowPath
  private let node: RowPath.Node

  package init(of node: RowPath.Node, on path: RowPath) {
    self.path = path
    self.node = node
  }

  /// The texts of rows as they were loaded.
  ///
  /// - Throws: when tables that are there cannot be read.
  func texts(ofColumn name: String, rows: [Int]) throws(Diagnostic) -> LoadedTexts {
    try LoadedTexts(ofColumn: name, rows: rows, in: node, on: path)
  }

  /// The file and line of rows, as `test.tsv:456`.
  ///
  /// Nil where all rows of the plan are of one file, or the tables on their path are lost; then only
  /// lines can be shown.
  ///
  /// - Throws: when tables that are there cannot be read.
  package func names(ofRows rows: [Int]) throws(Diagnostic) -> [String?] {
    let unknown = rows.map { _ in String?.none }
    guard !rows.isEmpty, path.hasSeveralFiles, let root = path.origins(of: node).last,
      let table = try path.rows(of: root)
    else { return unknown }
    let places = try path.places(of: rows, in: node, backTo: root)
    let loaded = try table.rows { place, _ in places.contains(place) }
    return places.map { place in
      loaded.rows.first { $0.place == place }.map {
        path.shortPlace(of: $0.origin, loadedBy: root.stage)
      }
    }
  }
}
