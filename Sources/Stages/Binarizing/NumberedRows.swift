import Chains
import Datasets
import Diagnostics
import Pipelines
import Text

/// The conversion of a table's rows to rows of a dataset.
protocol NumberedRows: Sendable {
  /// The columns of the table that are read.
  var columnNames: [String] { get }
  /// The classes or columns in a few words: `2 classes`.
  var summary: String { get }

  /// All that decides the ids of a row, besides the row and the stage's options.
  var conditions: [String] { get }

  /// A dataset without rows, what of it does not fit into memory waiting in a folder.
  func emptyDataset(spoolingIn folder: String) throws(Diagnostic) -> DatasetWriter

  /// The rows of a part as ids; it may be called by several threads at once.
  ///
  /// - Parameters:
  ///   - table: what reads its lines.
  ///   - positions: where the columns stand in the table.
  /// - Throws: at a line that is not as it was written.
  func numbered(
    _ part: ChunkPart, by table: TableLines, _ positions: [Int]
  ) throws(Diagnostic) -> NumberedBatch

  /// Counts the tokens of each column of numbered rows.
  mutating func count(tokens: [UnknownTokens.Count])

  /// Counts rows that were left out.
  mutating func count(unclassed rows: [(label: String, origin: Origin)])

  /// Called after all rows of a part were counted.
  ///
  /// - Throws: when rows of the part are refused.
  mutating func finish(_ input: StageInput, in work: StageWork) throws(Diagnostic)
}

/// Rows as ids, and what is to be said of them.
struct NumberedBatch: Sendable {
  /// The rows that have a class, where classes are needed.
  var rows: DatasetRows
  /// Of each column.
  var tokens: [UnknownTokens.Count]
  /// The rows that are left out: their label, empty for none, and where they came from.
  var unclassed: [(label: String, origin: Origin)] = []

  init(columnCount: Int) {
    rows = DatasetRows(columnCount: columnCount)
    tokens = Array(repeating: UnknownTokens.Count(), count: columnCount)
  }
}
