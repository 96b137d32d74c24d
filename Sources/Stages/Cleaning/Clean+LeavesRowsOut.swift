import Artifacts
import Chains
import Diagnostics
import Text

extension Clean: LeavesRowsOut {
  /// Cleans again up to the row.
  func reasonForLeavingOut(_ row: Int, of rows: ReadRows) throws(Diagnostic) -> String? {
    let name = rows.output.port
    var reader = try TableReader(try rows.store.openInput(rows.output.digest), file: name)
    let chosen = try columns.positions(in: reader.columns, of: name)
    var filter = RowFilter(try filters.options(for: reader.columns, text: chosen, of: name))
    let transform = try transform { (name) throws(Diagnostic) in try self.bytes(behind: name) }
    var first = 0
    while let batch = try reader.next() {
      let cleaned = batch.mapping(Set(chosen), transform)
      let place = row - first
      first += batch.count
      guard place < batch.count else {
        _ = filter.filter(cleaned)
        continue
      }
      _ = filter.filter(cleaned.filtered { $0 < place })
      let before = filter.dropped
      guard filter.filter(cleaned.filtered { $0 == place }).isEmpty else { return nil }
      return DropReason.allCases.first { filter.dropped.counts[$0] != before.counts[$0] }?.rawValue
    }
    return nil
  }
}
