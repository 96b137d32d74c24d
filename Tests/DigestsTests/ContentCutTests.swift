import Digests
import Fixtures
import Testing

struct ContentCutTests {
  /// The sizes of the chunks that rows are cut into.
  private func cut(_ rows: [[UInt8]], _ sizes: ChunkSizes) -> [[[UInt8]]] {
    var cut = ContentCut(sizes)
    var chunks: [[[UInt8]]] = [[]]
    for row in rows {
      chunks[chunks.count - 1].append(row)
      if cut.endsChunk(row.span) { chunks.append([]) }
    }
    return chunks.filter { !$0.isEmpty }
  }

  private func rows(_ count: Int, _ length: ClosedRange<Int>, seed: UInt64) -> [[UInt8]] {
    var random = SeededNumbers(seed: seed)
    return (0..<count).map { _ in
      (0..<Int.random(in: length, using: &random)).map { _ in .random(in: 0...255, using: &random) }
    }
  }

  @Test(arguments: [3...5, 40...200, 1...900])
  func `chunks have about the usual size, whatever the length of rows`(
    length: ClosedRange<Int>
  ) {
    let sizes = ChunkSizes(least: 1_000, usual: 2_000, most: 4_000)
    let chunks = cut(rows(40_000, length, seed: 1), sizes)
    let lengths = chunks.map { $0.reduce(0) { $0 + $1.count + 1 } }
    #expect(lengths.dropLast().allSatisfy { $0 >= sizes.least })
    #expect(lengths.allSatisfy { $0 < sizes.most + 901 })
    let mean = lengths.reduce(0, +) / lengths.count
    #expect((1_600...2_400).contains(mean), "\(mean)")
  }

  @Test func `a row that is inserted moves the cuts around it alone`() {
    let sizes = ChunkSizes(least: 300, usual: 600, most: 2_000)
    var random = SeededNumbers(seed: 2)
    let before = rows(4_000, 10...90, seed: 3)
    var changed: [Int] = []
    for _ in 0..<50 {
      var after = before
      after.insert([1, 2, 3], at: Int.random(in: 0...before.count, using: &random))
      changed.append(Set(cut(after, sizes)).subtracting(cut(before, sizes)).count)
    }
    #expect(changed.allSatisfy { $0 >= 1 })
    #expect(changed.reduce(0, +) < 50 * 4, "\(changed)")
  }

  @Test func `rows that are all alike are cut at the greatest size`() {
    let sizes = ChunkSizes(least: 100, usual: 200, most: 400)
    let chunks = cut(Array(repeating: [7, 7, 7], count: 1_000), sizes)
    #expect(chunks.reduce(0) { $0 + $1.count } == 1_000)
    #expect(chunks.allSatisfy { $0.count <= 100 })
  }
}
