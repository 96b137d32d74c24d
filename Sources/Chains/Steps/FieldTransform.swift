import Diagnostics
import Text

/// A change of one field of text, which both a stage and a model's chain apply.
///
/// It may cache results; what it gives depends on the field only, or on the field and the row's origin.
package protocol FieldTransform: Sendable {
  /// Whether what it gives depends on where the row came from.
  var dependsOnOrigin: Bool { get }

  mutating func apply(_ text: Span<UInt8>, of row: Origin, into output: inout [UInt8])
}

extension FieldTransform {
  package var dependsOnOrigin: Bool { false }
}

/// Gives the bytes of a stage's files and inputs, from the disk and the store or from a model.
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
