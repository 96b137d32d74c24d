import Datasets
import Diagnostics
import Pipelines
import Text

/// How rows of a table become rows of a dataset.
protocol NumberedRows {
  /// The columns of the table that are read.
  var columnNames: [String] { get }
  /// A dataset without rows.
  var emptyDataset: DatasetWriter { get }
  /// What there is, in a few words: `2 classes`.
  var summary: String { get }

  /// - Parameter positions: where the columns stand in the batch.
  mutating func append(
    _ batch: RowBatch, _ positions: [Int], of input: StageInput, to dataset: inout DatasetWriter
  ) throws(Diagnostic)

  /// Looks back on a part all of whose rows were given.
  ///
  /// - Throws: when some of its rows are no good.
  mutating func finish(_ input: StageInput, in work: StageWork) throws(Diagnostic)
}
