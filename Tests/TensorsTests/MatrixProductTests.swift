import Fixtures
import Tensors
import Testing

struct MatrixProductTests {
  /// Sizes on both sides of where products are cut into pieces.
  @Test(arguments: [
    [1, 1, 1], [8, 256, 64], [5, 7, 3], [33, 1030, 260], [40, 70, 1000], [200, 260, 64],
    [256, 64, 300], [130, 65, 129], [300, 300, 300], [3, 4, 0],
  ])
  func `agrees with the sum that defines it, whatever is transposed`(size: [Int]) {
    let (m, n, k) = (size[0], size[1], size[2])
    let arena = Arena()
    for (transposesA, transposesB) in [(false, false), (true, false), (false, true), (true, true)] {
      let a = arena.tensor(rows: transposesA ? k : m, columns: transposesA ? m : k)
      let b = arena.tensor(rows: transposesB ? n : k, columns: transposesB ? k : n)
      let c = arena.tensor(rows: m, columns: n)
      var random = RandomSource(seed: UInt64(m * n + k))
      for tensor in [a, b, c] { random.fillNormal(tensor, deviation: 1) }
      let before = c.indices.map { c[$0] }
      let left = transposesA ? a.matrix.transposed : a.matrix
      let right = transposesB ? b.matrix.transposed : b.matrix
      OpenBLAS.opened.multiply(left, right, into: c.matrix, adding: true)
      let sums = c.indices.map { c[$0] }
      OpenBLAS.opened.multiply(left, right, into: c.matrix)
      var worst = 0.0
      for i in 0..<m {
        for j in 0..<n {
          var sum = 0.0
          for l in 0..<k {
            let x = a[transposesA ? l * m + i : i * k + l]
            let y = b[transposesB ? j * k + l : l * n + j]
            sum += Double(x) * Double(y)
          }
          worst = max(worst, abs(Double(c[i * n + j]) - sum))
          worst = max(worst, abs(Double(sums[i * n + j]) - sum - Double(before[i * n + j])))
        }
      }
      #expect(worst <= 2e-6 * Double(k + 1))
    }
  }

  @Test func `parts of wider matrices are read and written in place`() {
    let arena = Arena()
    let a = arena.tensor(rows: 2, columns: 3)
    let c = arena.tensor(rows: 2, columns: 4)
    for i in a.indices { a[i] = Float(i) }
    c.fill(9)
    let part = a.matrix(columns: 1..<3)
    OpenBLAS.opened.multiply(part, part.transposed, into: c.matrix(columns: 1..<3))
    #expect(c.indices.map { c[$0] } == [9, 5, 14, 9, 9, 14, 41, 9])
  }
}
