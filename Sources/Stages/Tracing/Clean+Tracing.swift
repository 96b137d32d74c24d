import Artifacts
import Diagnostics
import Pipelines
import Text

extension Clean {
  /// Why a row of a table was left out, found by cleaning again up to there; nil if it was not.
  func reasonForLeavingOut(
    _ origin: Origin, of table: RecordedOutput, _ name: String, in store: ArtifactStore
  ) throws(Diagnostic) -> DropReason? {
    var reader = try TableReader(try store.openInput(table.digest), file: name)
    let chosen = try columns.positions(in: reader.columns, of: name)
    var filter = RowFilter(try filters.options(for: reader.columns, text: chosen, of: name))
    let transform = try transform { (name) throws(Diagnostic) in try self.bytes(behind: name) }
    while let batch = try reader.next() {
      let cleaned = batch.mapping(Set(chosen), transform)
      guard let row = cleaned.origins.firstIndex(of: origin) else {
        _ = filter.filter(cleaned)
        continue
      }
      _ = filter.filter(cleaned.filtered { $0 < row })
      let before = filter.dropped
      guard filter.filter(cleaned.filtered { $0 == row }).isEmpty else { return nil }
      return DropReason.allCases.first { filter.dropped.counts[$0] != before.counts[$0] }
    }
    return nil
  }
}
