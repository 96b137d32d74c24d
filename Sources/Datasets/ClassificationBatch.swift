/// Rows of token ids with the class of each, cut or filled to one width.
package struct ClassificationBatch: Hashable, Sendable {
  /// [rows × width] token ids, row after row; beyond a row's length they are padding.
  package let tokens: [Int32]
  package let width: Int
  /// Real tokens of each row, at least 1 and at most `width`.
  package let lengths: [Int32]
  /// The class of each row.
  package let labels: [Int32]

  package init(tokens: [Int32], width: Int, lengths: [Int32], labels: [Int32]) {
    precondition(
      tokens.count == lengths.count * width, "\(tokens.count) tokens: \(lengths.count) × \(width)")
    precondition(
      labels.count == lengths.count, "\(labels.count) labels of \(lengths.count) rows")
    self.tokens = tokens
    self.width = width
    self.lengths = lengths
    self.labels = labels
  }
}

extension ClassificationBatch: Shardable {
  package var rowCount: Int { lengths.count }

  package func shard(_ index: Int, of count: Int) -> ClassificationBatch {
    let rows = shardRows(index, of: count, costs: lengths.map { Int($0) })
    return ClassificationBatch(
      tokens: Array(tokens[rows.lowerBound * width..<rows.upperBound * width]), width: width,
      lengths: Array(lengths[rows]), labels: Array(labels[rows]))
  }
}
