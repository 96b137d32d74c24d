/// A batch that can be cut into pieces of whole rows, each of which is again such a batch.
package protocol Shardable: Sendable {
  var rowCount: Int { get }
  /// Piece `index` of `count`: neighbouring rows, none twice, sizes differing by at most one.
  func shard(_ index: Int, of count: Int) -> Self
}

/// The rows of piece `index` when `rowCount` rows are cut into `count` pieces.
package func shardRows(_ index: Int, of count: Int, rowCount: Int) -> Range<Int> {
  precondition(0 <= index && index < count, "shard \(index) of \(count)")
  return rowCount * index / count..<rowCount * (index + 1) / count
}
