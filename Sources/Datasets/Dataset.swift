import Diagnostics
import Formats

/// Rows of token ids, with a label each if they are to be learnt from, in a safetensors file.
///
/// For each column C the file holds `C.ids` (all rows' ids, one after the other), `C.offsets`
/// (where each row starts, and the end) and `C.lengths` (ids of each row without padding around
/// them); for all rows `rows` (their numbers in what was loaded) and, with classes, `labels`.
///
/// In memory are 4 bytes a row for each column's lengths and 4 for labels; the ids stay in the file.
package struct Dataset: Sendable {
  package let columns: [TokenColumn]
  /// The names of the classes; empty when the rows have no labels.
  package let classNames: [String]
  package let count: Int
  /// The class of each row; empty without classes.
  package let labels: [Int32]
  /// The real length of each row, column by column.
  package let lengths: [[Int32]]
  /// What an encoder made of each row; nil where none did.
  package let features: RowFeatures?
  let file: SafetensorsFile
  /// The tensor of row numbers.
  private let numbers: TensorEntry
  /// The tensors of ids and of offsets, column by column.
  let tensors: [(ids: TensorEntry, offsets: TensorEntry)]

  var path: String { file.path }

  /// Opens a dataset and checks all of it, so that no later access can fail for the file's fault.
  package init(_ file: SafetensorsFile) throws(Diagnostic) {
    let header = try DatasetHeader(file)
    self.file = file
    columns = header.columns
    classNames = header.classNames
    numbers = try file.entry("rows", of: .int64)
    count = numbers.count
    labels = header.classNames.isEmpty ? [] : try file.values("labels")
    var lengths: [[Int32]] = []
    var tensors: [(ids: TensorEntry, offsets: TensorEntry)] = []
    for column in header.columns {
      lengths.append(try file.values(column.lengthsName))
      tensors.append(
        (
          try file.entry(column.idsName, of: .int32),
          try file.entry(column.offsetsName, of: .int64)
        ))
    }
    self.lengths = lengths
    self.tensors = tensors
    features = try RowFeatures(file, rowCount: numbers.count)
    try check()
  }

  package init(path: String) throws(Diagnostic) { try self.init(SafetensorsFile(path: path)) }

  /// The number by which a person finds a row in what was loaded.
  package func number(ofRow row: Int) throws(Diagnostic) -> Int64 {
    try file.withValues(of: numbers, at: row..<row + 1) { (numbers: Span<Int64>) in numbers[0] }
  }

  /// The numbers of all rows.
  package func rowNumbers() throws(Diagnostic) -> [Int64] { try file.values(numbers.name) }
}
