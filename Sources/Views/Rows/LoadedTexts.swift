import Artifacts
import Diagnostics
import Pipelines

/// The texts of rows as they were loaded, with their files and lines.
package struct LoadedTexts: Sendable {
  /// A row as it was loaded.
  package struct Loaded: Sendable {
    /// `test.tsv.gz:456`, or the line alone where all rows are of one file.
    package let place: String
    /// Nil when the table has no such column.
    package let text: String?
  }

  /// By the place of the row in the output that was asked about.
  private var rows: [Int: Loaded] = [:]

  /// A row; nil when it cannot be found again.
  package subscript(place: Int) -> Loaded? { rows[place] }

  /// Follows rows of an output back to the files they came from.
  ///
  /// None are found when a table on their way is gone, or is no longer the one they were made from.
  ///
  /// - Parameter rows: their places in the output.
  package init(
    ofColumn name: String, rows: [Int], in node: RowPath.Node, on path: RowPath
  ) throws(Diagnostic) {
    guard let root = path.origins(of: node).last, let loaded = try path.rows(of: root) else {
      return
    }
    let found = try path.places(of: rows, in: node, backTo: root)
    let wanted = Set(found.compactMap(\.self))
    let originals = try loaded.rows { place, _ in wanted.contains(place) }.rows
    let byPlace = Dictionary(originals.map { ($0.place, $0) }, uniquingKeysWith: { $1 })
    for (row, place) in zip(rows, found) {
      guard let original = place.flatMap({ byPlace[$0] }) else { continue }
      self.rows[row] = Loaded(
        place: path.shortPlace(of: original.origin, loadedBy: root.stage),
        text: original.fields.first { $0.name == name }?.text)
    }
  }
}
