import Datasets
import Testing

struct BatcherTests {
  @Test(arguments: [
    (BatchLimit(rows: 8), 50, 400), (BatchLimit(rows: 8), nil, nil),
    (BatchLimit(tokens: 100), 50, 100), (BatchLimit(tokens: 100), nil, 100),
    (BatchLimit(tokens: 100, rows: 8), 5, 40), (BatchLimit(tokens: 100), 500, 500),
    (BatchLimit(rows: .max), 2, Int.max),
  ])
  func `the most tokens of a batch follow from its limits and the longest row`(
    _ limit: BatchLimit, _ longest: Int?, _ most: Int?
  ) {
    #expect(limit.mostTokens(longestRow: longest) == most)
  }

  /// A small generator with a short name for its sequence.
  private struct Sequence: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  private static let lengths: [Int32] = {
    var random = Sequence(state: 5)
    return (0..<500).map { _ in Int32(truncatingIfNeeded: 1 + random.next() % 40) }
  }()

  private func shuffled(_ batcher: Batcher, _ seed: UInt64) -> Batches {
    var random = Sequence(state: seed)
    return batcher.shuffled(using: &random)
  }

  @Test(arguments: [nil, 1, 37, 500, 9000] as [Int?])
  func `every row is in one batch of an epoch`(_ pool: Int?) {
    for limit in [BatchLimit(rows: 7), BatchLimit(tokens: 100), BatchLimit(tokens: 100, rows: 4)] {
      let batches = shuffled(Batcher(lengths: [Self.lengths], limit: limit, pool: pool), 1)
      #expect(batches.flatMap { $0 }.sorted() == Array(0..<500))
      #expect(batches.allSatisfy { !$0.isEmpty })
    }
  }

  @Test func `no batch passes its limit in rows or tokens, padding counted`() {
    let limit = BatchLimit(tokens: 100, rows: 6)
    for batch in shuffled(Batcher(lengths: [Self.lengths], limit: limit), 2) {
      let longest = batch.map { Int(Self.lengths[Int($0)]) }.max() ?? 0
      #expect(batch.count <= 6)
      #expect(batch.count == 1 || batch.count * longest <= 100)
    }
  }

  @Test func `a row longer than the limit is a batch of its own`() {
    let batcher = Batcher(lengths: [[5, 300, 5]], limit: BatchLimit(tokens: 20))
    #expect(batcher.ordered().map(Array.init) == [[0, 2], [1]])
  }

  @Test func `an epoch's order is a function of its random numbers`() {
    let batcher = Batcher(lengths: [Self.lengths], limit: BatchLimit(rows: 16), pool: 100)
    #expect(shuffled(batcher, 3) == shuffled(batcher, 3))
    #expect(shuffled(batcher, 3) != shuffled(batcher, 4))
  }

  @Test func `batches hold rows of like length in random order`() {
    let batches = shuffled(Batcher(lengths: [Self.lengths], limit: BatchLimit(rows: 20)), 5)
    let shortest = batches.map { batch in batch.map { Self.lengths[Int($0)] }.min() ?? 0 }
    #expect(shortest != shortest.sorted())
    for batch in batches {
      let lengths = batch.map { Self.lengths[Int($0)] }
      #expect((lengths.max() ?? 0) - (lengths.min() ?? 0) <= 4)
    }
  }

  @Test func `rows with two columns are sorted by the first, ties by the second`() {
    let batcher = Batcher(lengths: [[3, 1, 3, 1], [9, 8, 2, 4]], limit: BatchLimit(rows: 4))
    #expect(batcher.ordered().map(Array.init) == [[3, 1, 2, 0]])
  }

  @Test func `the longer column counts against the limit in tokens`() {
    let batcher = Batcher(lengths: [[1, 1, 1], [4, 5, 6]], limit: BatchLimit(tokens: 12))
    #expect(batcher.ordered().map(Array.init) == [[0, 1], [2]])
  }

  @Test func `an evaluation goes from short to long, ties in dataset order`() {
    let batcher = Batcher(lengths: [[2, 1, 2, 1, 1]], limit: BatchLimit(rows: 2))
    #expect(batcher.ordered().map(Array.init) == [[1, 3], [4, 0], [2]])
  }

  @Test func `no rows are no batches`() {
    let batcher = Batcher(lengths: [[]], limit: BatchLimit(rows: 2))
    #expect(batcher.ordered().isEmpty)
    #expect(shuffled(batcher, 1).isEmpty)
  }

  @Test func `a limit is lowered in rows, never raised, and keeps its tokens`() {
    #expect(BatchLimit(rows: 128).lowered(toRows: 64) == BatchLimit(rows: 64))
    #expect(BatchLimit(rows: 32).lowered(toRows: 64) == BatchLimit(rows: 32))
    #expect(BatchLimit(tokens: 90).lowered(toRows: 64) == BatchLimit(tokens: 90, rows: 64))
    #expect(BatchLimit(tokens: 90, rows: 8).lowered(toRows: 64) == BatchLimit(tokens: 90, rows: 8))
  }
}
