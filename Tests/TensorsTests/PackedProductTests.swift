import Fixtures
import Tensors
import Testing

struct PackedProductTests {
  /// Sizes around those of tiles, panels and blocks of rows.
  @Test(arguments: [
    [1, 1, 1], [5, 64, 7], [6, 63, 3], [7, 65, 12], [11, 128, 9], [13, 5, 40], [200, 80, 33],
    [12, 70, 0],
  ])
  func `agrees with OpenBLAS, in a part of a wider matrix`(size: [Int]) {
    let (m, n, k) = (size[0], size[1], size[2])
    let arena = Arena()
    let a = arena.tensor(rows: m, columns: k + 2)
    let (plain, transposed) = (arena.tensor(rows: k, columns: n), arena.tensor(rows: n, columns: k))
    let row = arena.tensor(rows: 1, columns: n)
    let (c, expected) = (
      arena.tensor(rows: m, columns: n + 3), arena.tensor(rows: m, columns: n + 3)
    )
    var random = RandomSource(seed: UInt64(m + n + k))
    for tensor in [a, plain, row, c] { random.fillNormal(tensor, deviation: 1) }
    copy(plain.matrix, into: transposed.matrix.transposed)
    let left = a.matrix(columns: 1..<k + 1)
    for (matrix, start) in [(plain.matrix, nil), (transposed.matrix.transposed, row)] {
      for function in [nil, ActivationFunction.gelu] {
        expected.copy(from: c)
        let target = expected.matrix(columns: 2..<2 + n)
        OpenBLAS.opened.multiply(left, plain.matrix, into: target)
        for place in 0..<m {
          if let start { copy(start.matrix, into: target[rows: place..<place + 1], adding: true) }
        }
        function?.apply(to: target)
        multiply(
          left, PackedMatrix(matrix, startingFrom: start), into: c.matrix(columns: 2..<2 + n),
          squashingBy: function)
        let worst = c.indices.reduce(Float(0)) { max($0, abs(c[$1] - expected[$1])) }
        #expect(worst <= 1e-5 * Float(k + 1).squareRoot())
      }
    }
  }

  @Test func `what comes of a row does not depend on the rows around it`() {
    let arena = Arena()
    let (a, b) = (arena.tensor(rows: 200, columns: 31), arena.tensor(rows: 31, columns: 90))
    let (c, alone) = (arena.tensor(rows: 200, columns: 90), arena.tensor(rows: 1, columns: 90))
    var random = RandomSource(seed: 7)
    for tensor in [a, b] { random.fillNormal(tensor, deviation: 1) }
    let packed = PackedMatrix(b.matrix)
    multiply(a.matrix, packed, into: c.matrix, squashingBy: .tanh)
    for row in 0..<200 {
      multiply(a[rows: row..<row + 1].matrix, packed, into: alone.matrix, squashingBy: .tanh)
      #expect(alone.indices.allSatisfy { alone[$0] == c[row * 90 + $0] })
    }
  }

  /// Numbers of rows that whole tiles make up, and such that they do not.
  @Test(arguments: 1...19)
  func `adds its sums to what is there, once for each row`(rows: Int) {
    let arena = Arena()
    let (a, b) = (arena.tensor(rows: rows, columns: 23), arena.tensor(rows: 23, columns: 90))
    let (c, sums) = (arena.tensor(rows: rows, columns: 90), arena.tensor(rows: rows, columns: 90))
    var random = RandomSource(seed: UInt64(rows))
    for tensor in [a, b, c] { random.fillNormal(tensor, deviation: 1) }
    let packed = PackedMatrix(b.matrix)
    multiply(a.matrix, packed, into: sums.matrix)
    add(c, into: sums)
    multiply(a.matrix, packed, into: c.matrix, adding: true)
    #expect(c.indices.allSatisfy { c[$0] == sums[$0] })
  }
}
