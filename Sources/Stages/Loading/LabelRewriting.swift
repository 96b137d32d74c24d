import Diagnostics
import Text

/// What becomes of labels as they are read: the class is cut out, and its number becomes its name.
struct LabelRewriting {
  var pattern: LabelPattern?
  let names: ClassNames?
  let files: [String]

  /// Whether labels stay as they were read.
  var areKept: Bool { pattern == nil && names == nil }

  mutating func apply(to batch: RowBatch, column: Int) throws(Diagnostic) -> RowBatch {
    var batch = batch
    if var cutting = pattern {
      batch = try batch.cutting(column: column, by: &cutting, files: files)
      pattern = cutting
    }
    guard let names else { return batch }
    return try batch.naming(column: column, by: names, files: files)
  }
}
