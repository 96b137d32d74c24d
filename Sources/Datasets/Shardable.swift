/// A batch that can be cut into pieces of whole rows, each of which is again such a batch.
package protocol Shardable: Sendable {
  var rowCount: Int { get }
  /// Piece `index` of `count`: neighbouring rows, at least one, none twice, about as much work each.
  func shard(_ index: Int, of count: Int) -> Self
}

/// The rows of piece `index` when rows that cost so much each are cut into `count` pieces.
func shardRows(_ index: Int, of count: Int, costs: [Int]) -> Range<Int> {
  precondition(
    0 <= index && index < count && count <= costs.count,
    "shard \(index) of \(count) of \(costs.count) rows")
  let total = costs.reduce(0, +)
  var (row, spent, start) = (0, 0, 0)
  for shard in 0...index {
    start = row
    // The last row that leaves one for each later piece.
    let limit = costs.count - (count - 1 - shard)
    repeat {
      spent += costs[row]
      row += 1
    } while row < limit && (2 * spent + costs[row]) * count <= 2 * total * (shard + 1)
  }
  return start..<row
}
