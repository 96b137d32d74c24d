import Artifacts
import Chains
import Diagnostics
import Pipelines
import Stages

/// The translations on record that are as long as they may be: those that were cut, and those that
/// end there by themselves, which nothing on record tells apart.
package struct CutTranslations: Sendable {
  package let count: Int

  /// - Returns: nil for a stage that does not translate, or whose translations are not in the store.
  package init?(of record: Record, in store: ArtifactStore) throws(Diagnostic) {
    guard let most = record.keyValue("maximum-length").flatMap(Double.init),
      let perToken = record.keyValue("maximum-length-per-token").flatMap(Double.init),
      let output = record.output(holding: .table), try store.isIntact(output.digest)
    else { return nil }
    let columns = TranslatedTable.piecesColumns
    func pieceCount(_ row: StoredRows.Row, _ column: String) -> Int {
      row.fields.first { $0.name == column }?.text.split(separator: " ").count ?? 0
    }
    // The end of a sentence is a piece of its own, on both sides.
    let rows = try StoredRows(output, in: store).rows { _, _ in true }.rows
    count = rows.count { row in
      let limit = perToken * Double(pieceCount(row, columns.source) + 1) + most
      return Double(pieceCount(row, columns.hypothesis)) >= limit.rounded(.down)
    }
  }
}
