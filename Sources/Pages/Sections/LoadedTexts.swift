import Artifacts
import Diagnostics
import Pipelines
import Reports
import Views

/// The texts of scored rows as they were loaded, with their files and lines.
struct LoadedTexts {
  /// A row as it was loaded.
  struct Loaded {
    /// `test.tsv.gz:456`, or the line alone where all rows are of one file.
    let place: String
    /// Nil when the table has no such column.
    let text: String?
  }

  /// By the place of the row among those that were scored.
  private var rows: [Int: Loaded] = [:]

  /// A row; nil when it cannot be found again.
  subscript(place: Int) -> Loaded? { rows[place] }

  /// Follows the rows of a table back to the files they came from.
  ///
  /// None are found when a table on their way is gone, or is no longer the one they were made from.
  init(
    ofColumn name: String, behind table: RecordedOutput, of stage: ReportedStage, rowCount: Int,
    in report: PipelineReport
  ) throws(Diagnostic) {
    let path = report.path
    let scored = RowPath.Node(stage: stage.planned.index, port: table.port)
    guard let root = path.origins(of: scored).last, let loaded = try path.rows(of: root) else {
      return
    }
    let found = try path.places(of: Array(0..<rowCount), in: scored, backTo: root)
    let wanted = Set(found.compactMap(\.self))
    let originals = try loaded.rows { place, _ in wanted.contains(place) }.rows
    let byPlace = Dictionary(originals.map { ($0.place, $0) }, uniquingKeysWith: { $1 })
    for (row, place) in found.enumerated() {
      guard let original = place.flatMap({ byPlace[$0] }) else { continue }
      rows[row] = Loaded(
        place: path.shortPlace(of: original.origin, loadedBy: root.stage),
        text: original.fields.first { $0.name == name }?.text)
    }
  }
}

extension Markup {
  /// Where a row was loaded from: its line, with the file where there are several.
  static func place(_ loaded: LoadedTexts.Loaded?, line: Int) -> Markup {
    guard let place = loaded?.place, place != "\(line)" else { return .count(line) }
    return .text(place.printable)
  }
}
