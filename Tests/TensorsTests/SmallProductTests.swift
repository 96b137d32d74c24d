import Fixtures
import Tensors
import Testing

struct SmallProductTests {
  @Test(arguments: [
    [1, 1, 1], [4, 32, 7], [5, 33, 3], [8, 16, 12], [7, 48, 12], [12, 5, 12], [3, 64, 0],
  ])
  func `agrees with OpenBLAS, whatever is transposed, in a part of a wider matrix`(size: [Int]) {
    let (m, n, k) = (size[0], size[1], size[2])
    let arena = Arena()
    for isTransposed in [false, true] {
      let a = arena.tensor(rows: isTransposed ? k : m, columns: (isTransposed ? m : k) + 2)
      let b = arena.tensor(rows: k, columns: n + 3)
      let (c, expected) = (
        arena.tensor(rows: m, columns: n + 1), arena.tensor(rows: m, columns: n + 1)
      )
      var random = RandomSource(seed: UInt64(m + n + k))
      for tensor in [a, b, c] { random.fillNormal(tensor, deviation: 1) }
      expected.copy(from: c)
      let part = a.matrix(columns: 1..<a.columns - 1)
      let left = isTransposed ? part.transposed : part
      for adds in [true, false] {
        multiplySmall(
          left, b.matrix(columns: 2..<2 + n), into: c.matrix(columns: 0..<n), adding: adds)
        OpenBLAS.opened.multiply(
          left, b.matrix(columns: 2..<2 + n), into: expected.matrix(columns: 0..<n), adding: adds)
        let worst = c.indices.reduce(Float(0)) { max($0, abs(c[$1] - expected[$1])) }
        #expect(worst <= 1e-5)
      }
    }
  }
}
