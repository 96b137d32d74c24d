import Datasets
import Testing

struct ShardTests {
  @Test(arguments: 1...7)
  func `every row is in one shard, and every shard has rows`(count: Int) {
    var random = SystemRandomNumberGenerator()
    for rows in count...count + 20 {
      let batch = Self.batch((0..<rows).map { _ in Int32.random(in: 1...40, using: &random) })
      let shards = (0..<count).map { batch.shard($0, of: count) }
      #expect(shards.allSatisfy { $0.rowCount > 0 })
      #expect(shards.flatMap(\.lengths) == batch.lengths)
      #expect(shards.flatMap(\.labels) == batch.labels)
    }
  }

  @Test func `shards have about as much to do as each other`() {
    let batch = Self.batch((0..<60).map { Int32(5 + $0 / 2) })
    let words = (0..<4).map { batch.shard($0, of: 4).lengths.reduce(0, +) }
    let mean = batch.lengths.reduce(0, +) / 4
    #expect(words.allSatisfy { abs($0 - mean) <= 34 }, "\(words)")
  }

  @Test func `one long row leaves rows to the others`() {
    #expect((0..<3).map { Self.batch([1, 1, 100]).shard($0, of: 3).lengths } == [[1], [1], [100]])
    #expect((0..<3).map { Self.batch([100, 1, 1]).shard($0, of: 3).lengths } == [[100], [1], [1]])
  }

  private static func batch(_ lengths: [Int32]) -> ClassificationBatch {
    ClassificationBatch(
      tokens: [Int32](repeating: 4, count: 100 * lengths.count), width: 100, lengths: lengths,
      labels: lengths.indices.map { Int32($0) })
  }
}
