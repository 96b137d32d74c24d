import Diagnostics
import Text

/// Something done to one field of text, the same in a stage and in a model's chain.
///
/// It may remember what it has done, to be faster; what it gives depends on the field and row only.
package protocol FieldTransform: Sendable {
  mutating func apply(_ text: Span<UInt8>, of row: Origin, into output: inout [UInt8])
}

/// Where the bytes of a stage's files and inputs come from: the disk and the store, or a model.
package typealias Resources = (_ name: String) throws(Diagnostic) -> [UInt8]?

extension RowBatch {
  /// The rows with some columns changed.
  package func mapping(_ columns: Set<Int>, _ transform: any FieldTransform) -> RowBatch {
    var changed = RowBatch(columnCount: columnCount)
    changed.reserve(rows: count, byteCount: bytes.count + bytes.count / 4)
    var output: [UInt8] = []
    var worker = transform
    for row in 0..<count {
      for column in 0..<columnCount {
        let field = bytes.span.extracting(range(row, column))
        if columns.contains(column) {
          output.removeAll(keepingCapacity: true)
          worker.apply(field, of: origins[row], into: &output)
          changed.append(output.span)
        } else {
          changed.append(field)
        }
      }
      changed.endRow(origins[row])
    }
    return changed
  }
}
