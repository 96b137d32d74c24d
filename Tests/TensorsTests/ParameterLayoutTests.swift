import Tensors
import Testing

struct ParameterLayoutTests {
  @Test func `parameters follow each other on cache lines`() {
    var layout = ParameterLayout()
    let first = layout.add("first", [3, 5], .constant(2))
    let second = layout.add("second", [20], .constant(3))
    #expect([first.offset, second.offset, layout.count] == [0, 16, 48])
    #expect(layout.parameterCount == 35)
    #expect([first.rows, first.columns, second.rows, second.columns] == [3, 5, 1, 20])
    let buffer = ParameterBuffer(layout, initializedFrom: RandomSource(seed: 1))
    let sum = buffer.flat.indices.reduce(0) { $0 + buffer.flat[$1] }
    #expect(sum == 15 * 2 + 20 * 3)
  }

  @Test func `shapes beyond counting are counted as the largest number`() {
    var layout = ParameterLayout()
    _ = layout.add("small", [2, 3], .glorot)
    _ = layout.add("large", [1 << 40, 1 << 40], .glorot)
    _ = layout.add("empty", [1 << 62, 1 << 62, 0], .glorot)
    #expect(layout["large"]?.shape.count == .max)
    #expect(layout["empty"]?.shape.count == 0)
    #expect(
      [layout.count, layout.parameterCount, layout.byteCount(ofBuffers: 1)] == [.max, .max, .max])
    #expect(layout["large"]?.range.upperBound == .max)
  }

  @Test func `a parameter's start depends on the seed and its name, not on its place`() {
    var short = ParameterLayout()
    let alone = short.add("w", [4, 4], .glorot)
    var long = ParameterLayout()
    _ = long.add("v", [9], .glorot)
    let behind = long.add("w", [4, 4], .glorot)
    let random = RandomSource(seed: 8)
    let one = ParameterBuffer(short, initializedFrom: random)[alone]
    let other = ParameterBuffer(long, initializedFrom: random)[behind]
    #expect(one.indices.allSatisfy { one[$0] == other[$0] })
  }

  @Test(arguments: [0, 1, 7, 12])
  func `drawing stops when it is asked to, between the rows of a block too`(allowed: Int) {
    var layout = ParameterLayout()
    _ = layout.add("w", [12, 3], .orthogonalBlocks)
    var asked = 0
    let buffer = ParameterBuffer(layout, initializedFrom: RandomSource(seed: 8)) {
      asked += 1
      return asked > allowed
    }
    #expect(buffer == nil)
    #expect(asked == allowed + 1)
  }

  @Test func `weights are the same whether or not drawing them could be stopped`() throws {
    var layout = ParameterLayout()
    _ = layout.add("w", [12, 3], .orthogonalBlocks)
    let random = RandomSource(seed: 8)
    let one = ParameterBuffer(layout, initializedFrom: random).flat
    let other = try #require(
      ParameterBuffer(layout, initializedFrom: random, unless: { false })
    ).flat
    #expect(one.indices.allSatisfy { one[$0] == other[$0] })
  }

  @Test func `orthogonal blocks have orthonormal rows`() {
    var layout = ParameterLayout()
    let weight = layout.add("w", [12, 3], .orthogonalBlocks)
    let values = ParameterBuffer(layout, initializedFrom: RandomSource(seed: 8))[weight]
    for block in 0..<4 {
      for i in 0..<3 {
        for j in 0..<3 {
          let product = (0..<3).reduce(Float(0)) {
            $0 + values[block * 9 + i * 3 + $1] * values[block * 9 + j * 3 + $1]
          }
          #expect(abs(product - (i == j ? 1 : 0)) < 1e-5)
        }
      }
    }
  }
}
