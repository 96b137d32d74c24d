import Datasets
import Testing

struct TranslationBatchTests {
  private static let batch = TranslationBatch(
    source: TokenRows([[5, 2], [2], [7, 8, 2]]), target: TokenRows([[9, 10, 2], [11, 2], [2]]))

  @Test func `a decoder reads each word after the one before it, the end symbol first`() {
    #expect(Self.batch.target.shifted == TokenRows([[2, 9, 10], [2, 11], [2]]))
  }

  @Test func `shards hold every pair once`() {
    let shards = (0..<2).map { Self.batch.shard($0, of: 2) }
    #expect(shards[0].source == TokenRows([[5, 2]]))
    #expect(shards[0].target == TokenRows([[9, 10, 2]]))
    #expect(shards[1].source == TokenRows([[2], [7, 8, 2]]))
    #expect(shards[1].target == TokenRows([[11, 2], [2]]))
  }

  @Test func `examples in memory become batches in the order asked for`() throws {
    let examples = Examples<TranslationBatch>(
      sources: [[5, 2], [2], [7, 8, 2]], targets: [[9, 10, 2], [11, 2], [2]])
    #expect(examples.lengths == [[2, 1, 3], [3, 2, 1]])
    let batch = try examples.batch([2, 0])
    #expect(batch.source == TokenRows([[7, 8, 2], [5, 2]]))
    #expect(examples.tokenCount(of: [2, 0]) == 4)
  }
}
