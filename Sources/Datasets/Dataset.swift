import Diagnostics
import Formats

/// Rows of token ids, with a label each if they are to be learnt from, in a mapped safetensors file.
///
/// For each column C the file holds `C.ids` (all rows' ids, one after the other), `C.offsets`
/// (where each row starts, and the end) and `C.lengths` (ids of each row without padding around
/// them); for all rows `rows` (their numbers in what was loaded) and, with classes, `labels`.
package struct Dataset: Sendable {
  package let columns: [TokenColumn]
  /// The names of the classes; empty when the rows have no labels.
  package let classNames: [String]
  /// The number by which a person finds each row in what was loaded.
  package let rowNumbers: [Int64]
  /// The class of each row; empty without classes.
  package let labels: [Int32]
  /// The real length of each row, column by column.
  package let lengths: [[Int32]]
  /// What an encoder made of each row; nil where none did.
  package let features: RowFeatures?
  let file: SafetensorsFile

  package var count: Int { rowNumbers.count }

  var path: String { file.path }

  /// Opens a dataset and checks all of it, so that no later access can fail for the file's fault.
  package init(_ file: SafetensorsFile) throws(Diagnostic) {
    let header = try DatasetHeader(file)
    self.file = file
    columns = header.columns
    classNames = header.classNames
    rowNumbers = try file.values("rows")
    labels = header.classNames.isEmpty ? [] : try file.values("labels")
    var lengths: [[Int32]] = []
    for column in header.columns { lengths.append(try file.values(column.lengthsName)) }
    self.lengths = lengths
    features = try RowFeatures(file, rowCount: rowNumbers.count)
    try check()
  }

  package init(path: String) throws(Diagnostic) { try self.init(SafetensorsFile(path: path)) }

  /// Lends the ids of all rows of a column, and where each row starts and the last one ends.
  package func withIDs<Result>(
    of column: Int,
    _ body: (_ ids: Span<Int32>, _ offsets: Span<Int64>) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    let column = columns[column]
    return try file.withValues(column.idsName) { (ids: Span<Int32>) throws(Diagnostic) in
      try file.withValues(column.offsetsName) { (offsets: Span<Int64>) throws(Diagnostic) in
        try body(ids, offsets)
      }
    }
  }

  /// The real ids of one row, padding around them left out.
  package func ids(ofRow row: Int, column: Int = 0) throws(Diagnostic) -> [Int32] {
    try withIDs(of: column) { ids, offsets in
      let all = ids.extracting(Int(offsets[row])..<Int(offsets[row + 1]))
      return realRange(of: all, padding: columns[column].padding).map { all[$0] }
    }
  }
}
