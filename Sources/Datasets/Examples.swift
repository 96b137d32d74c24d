import Diagnostics

/// The rows that a model is trained or evaluated on: their lengths, and how batches are built of them.
package struct Examples<Batch: Shardable>: Sendable {
  /// The length of each row, per token column; the last column is what counts as tokens.
  package let lengths: [[Int32]]
  /// The number by which a person finds a row in what was loaded.
  package let number: @Sendable (_ row: Int) throws(Diagnostic) -> Int64
  /// Builds the batch of some rows, in their order.
  package let batch: @Sendable (_ rows: ArraySlice<Int32>) throws(Diagnostic) -> Batch

  package init(
    lengths: [[Int32]], number: @escaping @Sendable (_ row: Int) throws(Diagnostic) -> Int64,
    batch: @escaping @Sendable (_ rows: ArraySlice<Int32>) throws(Diagnostic) -> Batch
  ) {
    precondition(!lengths.isEmpty, "rows without a token column")
    for column in lengths {
      precondition(
        column.count == lengths[0].count, "\(column.count) lengths of \(lengths[0].count) rows")
    }
    self.lengths = lengths
    self.number = number
    self.batch = batch
  }

  package var count: Int { lengths[0].count }

  /// The most tokens that one of some rows has in a column.
  package func longest(of rows: ArraySlice<Int32>) -> Int {
    lengths.reduce(0) { longest, lengths in
      rows.reduce(longest) { max($0, Int(lengths[Int($1)])) }
    }
  }

  /// The tokens of some rows, padding not counted.
  package func tokenCount(of rows: ArraySlice<Int32>) -> Int {
    guard let counted = lengths.last else { return 0 }
    return rows.reduce(0) { $0 + Int(counted[Int($1)]) }
  }
}
