import Artifacts
import Chains
import Diagnostics
import Files
import Pipelines
import Text

/// A row that an evaluation scored.
protocol EvaluatedRow: Sendable {
  var origin: Origin { get }
}

/// The rows that an evaluation scored, with types: nobody else knows the columns of its table.
protocol EvaluationTable: Sendable {
  associatedtype Row: EvaluatedRow
  var rows: [Row] { get set }

  /// Reads them back; nil when the table is another one.
  init?(_ reader: inout TableReader<InputFile>) throws(Diagnostic)

  /// Stores them.
  func write(to port: Port, in work: StageWork) throws(Diagnostic)
}

extension EvaluationTable {
  mutating func append(_ row: Row) { rows.append(row) }

  /// Some of the rows, in the order given.
  func rows(at places: [Int]) -> Self {
    var chosen = self
    chosen.rows = places.map { rows[$0] }
    return chosen
  }

  /// These rows, then those of other tables.
  func followed(by others: [Self]) -> Self {
    var joined = self
    joined.rows += others.flatMap(\.rows)
    return joined
  }
}

extension StageWork {
  /// Stores a table that is in memory.
  func commit(
    _ rows: RowBatch, under columns: [String], to port: Port
  ) throws(Diagnostic) {
    var table = try newTable(columns)
    try table.append(rows)
    try commit(table, to: port)
  }
}
