import Fixtures
import Tensors
import Testing

struct MatrixProductTests {
  private typealias Multiplication = (_ a: Matrix, _ b: Matrix, _ c: Matrix, _ adding: Bool) -> Void

  /// Those of the library, and our own.
  private static var multiplications: [Multiplication] {
    let exact = ExactProducts()
    return [
      { OpenBLAS.opened.multiply($0, $1, into: $2, adding: $3) },
      { exact.multiply($0, $1, into: $2, adding: $3) },
    ]
  }

  /// Sizes on both sides of where products are cut into pieces.
  @Test(arguments: [
    [1, 1, 1], [8, 256, 64], [5, 7, 3], [33, 1030, 260], [40, 70, 1000], [200, 260, 64],
    [256, 64, 300], [130, 65, 129], [300, 300, 300], [3, 4, 0],
  ])
  func `agrees with the sum that defines it, whatever is transposed`(size: [Int]) {
    for multiply in Self.multiplications { check(size, multiply) }
  }

  private func check(_ size: [Int], _ multiply: Multiplication) {
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
      multiply(left, right, c.matrix, true)
      let sums = c.indices.map { c[$0] }
      multiply(left, right, c.matrix, false)
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
    let part = a.matrix(columns: 1..<3)
    for multiply in Self.multiplications {
      c.fill(9)
      multiply(part, part.transposed, c.matrix(columns: 1..<3), false)
      #expect(c.indices.map { c[$0] } == [9, 5, 14, 9, 9, 14, 41, 9])
    }
  }

  /// Deeper than a block of sums; as wide as a panel, and two and a part of it.
  @Test(arguments: [[7, 64, 1100], [7, 150, 1100]])
  func `a right operand that is part of a wider matrix gives equal bits`(size: [Int]) {
    let (m, n, k) = (size[0], size[1], size[2])
    let arena = Arena()
    let (a, b) = (arena.tensor(rows: m, columns: k), arena.tensor(rows: k, columns: n))
    let wider = arena.tensor(rows: k, columns: n + 9)
    let (c, expected) = (arena.tensor(rows: m, columns: n), arena.tensor(rows: m, columns: n))
    var random = RandomSource(seed: 8)
    for tensor in [a, b, wider, c] { random.fillNormal(tensor, deviation: 1) }
    expected.copy(from: c)
    copy(b.matrix, into: wider.matrix(columns: 3..<n + 3))
    let exact = ExactProducts()
    exact.multiply(a.matrix, b.matrix, into: c.matrix, adding: true)
    exact.multiply(a.matrix, wider.matrix(columns: 3..<n + 3), into: expected.matrix, adding: true)
    #expect(c.indices.allSatisfy { c[$0].bitPattern == expected[$0].bitPattern })
  }

  /// Sums deeper than a block of them, on which trained bytes depend.
  @Test(arguments: [false, true])
  func `what our own products give of a row does not depend on the rows around it`(
    isTransposed: Bool
  ) {
    let (m, n, k) = (37, 90, 1100)
    let arena = Arena()
    let (a, b) = (arena.tensor(rows: m, columns: k), arena.tensor(rows: k, columns: n))
    let (c, alone) = (arena.tensor(rows: m, columns: n), arena.tensor(rows: 1, columns: n))
    var random = RandomSource(seed: 7)
    for tensor in [a, b] { random.fillNormal(tensor, deviation: 1) }
    let flipped = arena.tensor(rows: k, columns: m)
    copy(a.matrix.transposed, into: flipped.matrix)
    let left = isTransposed ? flipped.matrix.transposed : a.matrix
    let products = ExactProducts()
    products.multiply(left, b.matrix, into: c.matrix)
    for row in 0..<m {
      products.multiply(left[rows: row..<row + 1], b.matrix, into: alone.matrix)
      #expect(alone.indices.allSatisfy { alone[$0] == c[row * n + $0] })
    }
  }

  /// The order of additions that trained bytes follow on every processor, whatever its vectors.
  @Test(arguments: [
    [1, 1, 1], [7, 5, 512], [9, 64, 700], [13, 90, 513], [6, 130, 1100],
    [8, 36, 40], [5, 112, 9], [100, 150, 530],
  ])
  func `our own products add rounded once, from the first of a block of 512 to its last`(
    size: [Int]
  ) {
    let (m, n, k) = (size[0], size[1], size[2])
    let arena = Arena()
    let (a, b) = (arena.tensor(rows: m, columns: k), arena.tensor(rows: k, columns: n))
    let c = arena.tensor(rows: m, columns: n)
    var random = RandomSource(seed: 8)
    for tensor in [a, b] { random.fillNormal(tensor, deviation: 1) }
    ExactProducts().multiply(a.matrix, b.matrix, into: c.matrix)
    let (flipped, sums) = (arena.tensor(rows: k, columns: m), arena.tensor(rows: m, columns: n))
    copy(a.matrix.transposed, into: flipped.matrix)
    ExactProducts().multiply(flipped.matrix.transposed, b.matrix, into: sums.matrix)
    #expect(c.indices.allSatisfy { c[$0] == sums[$0] })
    for row in 0..<m {
      for column in 0..<n {
        let blocks = stride(from: 0, to: k, by: 512).map { first in
          (first..<min(k, first + 512)).reduce(Float(0)) { sum, step in
            sum.addingProduct(a[row * k + step], b[step * n + column])
          }
        }
        let expected = blocks.dropFirst().reduce(blocks[0], +)
        #expect(c[row * n + column] == expected, "row \(row), column \(column)")
      }
    }
  }

  @Test(arguments: Precision.allCases)
  func `two products of one matrix are those of each alone`(precision: Precision) {
    let arena = Arena()
    let a = arena.tensor(rows: 33, columns: 70)
    let (b1, b2) = (arena.tensor(rows: 33, columns: 64), arena.tensor(rows: 33, columns: 9))
    let (c1, c2) = (arena.tensor(rows: 70, columns: 64), arena.tensor(rows: 70, columns: 9))
    let (d1, d2) = (arena.tensor(rows: 70, columns: 64), arena.tensor(rows: 70, columns: 9))
    var random = RandomSource(seed: 9)
    for tensor in [a, b1, b2, c1, c2] { random.fillNormal(tensor, deviation: 1) }
    d1.copy(from: c1)
    d2.copy(from: c2)
    let products = MatrixProducts(precision)
    products.multiply(a.matrix.transposed, b1.matrix, into: c1.matrix, adding: true)
    products.multiply(a.matrix.transposed, b2.matrix, into: c2.matrix, adding: true)
    products.addProducts(
      ofTransposed: a.matrix, (b1.matrix, d1.matrix), (b2.matrix, d2.matrix))
    #expect(c1.indices.allSatisfy { c1[$0] == d1[$0] })
    #expect(c2.indices.allSatisfy { c2[$0] == d2[$0] })
  }

  /// Sums in one piece and in several, that begin anywhere and leave rows out or take them twice.
  @Test(arguments: Precision.allCases, [[7, 5, 30], [200, 150, 700], [96, 130, 1300]])
  func `products of some rows of two matrices are those of each range in turn`(
    precision: Precision, size: [Int]
  ) {
    let (m, n, k) = (size[0], size[1], size[2])
    let arena = Arena()
    let (a, b) = (arena.tensor(rows: k, columns: m), arena.tensor(rows: k, columns: n))
    var random = RandomSource(seed: 10)
    for tensor in [a, b] { random.fillNormal(tensor, deviation: 1) }
    let products = MatrixProducts(precision)
    let ranges: [[(a: Range<Int>, b: Range<Int>)]] = [
      [(0..<k, 0..<k)], [(0..<k - 9, 4..<k - 5), (k - 3..<k, k - 3..<k)],
      [(2..<5, k - 3..<k), (3..<3, 1..<1), (k - 8..<k, 0..<8)], [],
    ]
    let found = ranges.map { _ in arena.tensor(rows: m, columns: n) }
    let expected = ranges.map { _ in arena.tensor(rows: m, columns: n) }
    for (c, d) in zip(found, expected) {
      random.fillNormal(c, deviation: 1)
      d.copy(from: c)
    }
    products.addProducts(
      ofTransposed: a.matrix, b.matrix,
      zip(ranges, found).map { TransposedPart($0, into: $1.matrix) })
    for (ranges, d) in zip(ranges, expected) {
      for range in ranges {
        products.multiply(
          a.matrix[rows: range.a].transposed, b.matrix[rows: range.b], into: d.matrix,
          adding: true)
      }
    }
    for (c, d) in zip(found, expected) { #expect(c.indices.allSatisfy { c[$0] == d[$0] }) }
  }

  @Test(arguments: [[1, 1], [16, 16], [15, 40], [33, 17], [48, 64]])
  func `a transposed matrix is copied value by value`(size: [Int]) {
    let (rows, columns) = (size[0], size[1])
    let arena = Arena()
    let x = arena.tensor(rows: columns, columns: rows + 3)
    let y = arena.tensor(rows: rows, columns: columns + 2)
    for i in x.indices { x[i] = Float(i) }
    y.fill(-1)
    copy(x.matrix(columns: 2..<rows + 2).transposed, into: y.matrix(columns: 1..<columns + 1))
    for row in 0..<rows {
      for column in 0..<columns + 2 {
        let isInside = 1...columns ~= column
        #expect(
          y[row * (columns + 2) + column]
            == (isInside ? x[(column - 1) * (rows + 3) + row + 2] : -1))
      }
    }
  }
}
