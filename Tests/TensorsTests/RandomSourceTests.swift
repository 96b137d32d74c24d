import Tensors
import Testing

struct RandomSourceTests {
  @Test func `the first numbers are those the authors of Philox publish`() {
    // Random123's known answers for a zero key and counter.
    var zero = RandomSource(seed: 0)
    #expect(zero.next() == 0xe169_c58d_6627_e8d5)
    #expect(zero.next() == 0x9b00_dbd8_bc57_ac4c)
  }

  @Test func `a stored state goes on where it was`() {
    var source = RandomSource(seed: 42).stream("dropout")
    for _ in 0..<7 { _ = source.next() }
    var copy = RandomSource(seed: source.seed, stream: source.stream, position: source.position)
    #expect((0..<9).map { _ in source.next() } == (0..<9).map { _ in copy.next() })
  }

  @Test func `streams of different names and numbers differ, and nest`() {
    let root = RandomSource(seed: 1)
    let streams = [
      root, root.stream("a"), root.stream("b"), root.stream(0), root.stream(1), root.stream(-1),
      root.stream("a").stream("b"), root.stream("b").stream("a"), root.stream("a").stream(1),
      root.stream("ab"),
    ]
    #expect(
      Set(
        streams.map {
          var source = $0; return source.next()
        }
      ).count == streams.count)
    #expect(root.stream("a") == root.stream("a"))
  }

  @Test func `uniform, normal and index have their means and ranges`() {
    var source = RandomSource(seed: 9)
    let arena = Arena()
    let values = arena.tensor(rows: 1, columns: 100_001)
    source.fillUniform(values, from: -2, to: 4)
    #expect(values.indices.allSatisfy { -2 <= values[$0] && values[$0] < 4 })
    #expect(abs(values.mean - 1) < 0.03)
    source.fillNormal(values, mean: 3, deviation: 2)
    #expect(abs(values.mean - 3) < 0.03)
    #expect(abs(values.meanSquare - 13) < 0.2)
    let counts = (0..<60_000).reduce(into: [0, 0, 0]) { counts, _ in
      counts[source.index(below: 3)] += 1
    }
    #expect(counts.allSatisfy { abs($0 - 20_000) < 700 })
  }

  @Test func `dropping out drops its share and scales what it keeps, twice the same`() {
    let arena = Arena()
    let (x, y) = (arena.tensor(rows: 1, columns: 100_001), arena.tensor(rows: 1, columns: 100_001))
    x.fill(3)
    var source = RandomSource(seed: 2)
    var again = source
    source.dropOut(x, dropProbability: 0.25, into: y)
    let values = y.indices.map { y[$0] }
    #expect(abs(Double(values.count { $0 != 0 }) - 75_000) < 700)
    #expect(values.allSatisfy { $0 == 0 || $0 == 4 })
    again.dropOut(x, dropProbability: 0.25, into: y, adding: true)
    #expect(y.indices.allSatisfy { y[$0] == 2 * values[$0] })
  }

  @Test func `what is dropped follows from the numbers that are drawn one by one`() {
    var (together, single) = (
      RandomSource(seed: 2, position: 6), RandomSource(seed: 2, position: 6)
    )
    let arena = Arena()
    let (x, y) = (arena.tensor(rows: 1, columns: 77), arena.tensor(rows: 1, columns: 77))
    x.fill(1)
    together.dropOut(x, dropProbability: 0.3, into: y)
    let drawn = (0..<32).map { _ in single.next() }
    // Each group of 64 values takes eight blocks: the low halves, the high ones, then both again,
    // first the lower sixteen bits of each 32-bit number and then the upper ones.
    for place in 0..<77 {
      let (group, quarter, word) = (place / 64, place % 64 / 16, place % 16)
      let number = drawn[16 * group + 2 * (word / 2) + quarter % 2]
      let bits = UInt32(truncatingIfNeeded: word % 2 == 0 ? number : number >> 32)
      let half = quarter < 2 ? bits & 0xFFFF : bits >> 16
      #expect((y[place] == 0) == (half < 19_661), "value \(place)")
    }
    #expect(together.position == single.position)
  }

  @Test func `a shuffle keeps every element and moves most`() {
    var source = RandomSource(seed: 4)
    var elements = Array(0..<1000)
    source.shuffle(&elements)
    #expect(elements.sorted() == Array(0..<1000))
    #expect(elements.indices.count { elements[$0] == $0 } < 10)
  }
}

extension Tensor {
  fileprivate var mean: Double { indices.reduce(0) { $0 + Double(self[$1]) } / Double(count) }
  fileprivate var meanSquare: Double {
    indices.reduce(0) { $0 + Double(self[$1]) * Double(self[$1]) } / Double(count)
  }
}
