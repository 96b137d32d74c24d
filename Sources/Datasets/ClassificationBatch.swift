/// Rows of token ids with the class of each, cut or filled to one width.
package struct ClassificationBatch: Hashable, Sendable {
  /// [rows × width] token ids, row after row; beyond a row's length they are padding.
  package let tokens: [Int32]
  package let width: Int
  /// Real tokens of each row, at least 1 and at most `width`.
  package let lengths: [Int32]
  /// The class of each row.
  package let labels: [Int32]
  /// [rows × any width] what an encoder made of each row; empty where none did.
  package let features: [Float]

  package init(
    tokens: [Int32], width: Int, lengths: [Int32], labels: [Int32], features: [Float] = []
  ) {
    precondition(
      tokens.count == lengths.count * width, "\(tokens.count) tokens: \(lengths.count) × \(width)")
    precondition(
      labels.count == lengths.count, "\(labels.count) labels of \(lengths.count) rows")
    self.tokens = tokens
    self.width = width
    self.lengths = lengths
    precondition(
      features.isEmpty || features.count % lengths.count == 0,
      "\(features.count) features of \(lengths.count) rows")
    self.labels = labels
    self.features = features
  }
}

extension ClassificationBatch: Shardable {
  package var rowCount: Int { lengths.count }

  package func shard(_ index: Int, of count: Int) -> ClassificationBatch {
    let rows = shardRows(index, of: count, costs: lengths.map { Int($0) })
    return ClassificationBatch(
      tokens: Array(tokens[rows.lowerBound * width..<rows.upperBound * width]), width: width,
      lengths: Array(lengths[rows]), labels: Array(labels[rows]),
      features: features.isEmpty ? [] : features(of: rows))
  }

  private func features(of rows: Range<Int>) -> [Float] {
    let width = features.count / rowCount
    return Array(features[rows.lowerBound * width..<rows.upperBound * width])
  }
}
