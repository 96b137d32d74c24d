import Datasets
import Diagnostics
import Pipelines
import Text

/// The conversion of a table's rows to rows of a dataset.
protocol NumberedRows {
  /// The columns of the table that are read.
  var columnNames: [String] { get }
  /// The classes or columns in a few words: `2 classes`.
  var summary: String { get }

  /// A dataset without rows, what of it does not fit into memory waiting in a folder.
  func emptyDataset(spoolingIn folder: String) throws(Diagnostic) -> DatasetWriter

  /// - Parameter positions: where the columns stand in the batch.
  mutating func append(
    _ batch: RowBatch, _ positions: [Int], of input: StageInput, to dataset: inout DatasetWriter
  ) throws(Diagnostic)

  /// Called after all rows of a part were appended.
  ///
  /// - Throws: when rows of the part are refused.
  mutating func finish(_ input: StageInput, in work: StageWork) throws(Diagnostic)
}
