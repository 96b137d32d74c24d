import Fixtures
import Tensors
import Testing

struct Bfloat16ProductTests {
  /// m, n, k around the sizes of tiles, panels and blocks.
  private static let sizes = [
    [1, 1, 1], [2, 16, 2], [5, 64, 7], [6, 63, 3], [7, 65, 12], [50, 128, 9], [13, 5, 40],
    [13, 70, 1030], [12, 70, 0], [49, 130, 33], [55, 17, 515],
  ]

  @Test(arguments: sizes)
  func `every bit is that of the plain sum, by the instruction and without`(size: [Int]) {
    for values in [Values.moderate, .tiny, .huge, .any] { Case(size, values).check() }
  }

  /// What becomes of a float whose product with 1 is added to zero.
  @Test(arguments: [
    (UInt32(0x3F80_0000), UInt32(0x3F80_0000)),
    // To nearest, of two the even one.
    (0x3F80_7FFF, 0x3F80_0000), (0x3F80_8000, 0x3F80_0000), (0x3F80_8001, 0x3F81_0000),
    (0x3F81_8000, 0x3F82_0000), (0xBF81_8000, 0xBF82_0000),
    // Up to infinity.
    (0x7F7F_8000, 0x7F80_0000), (0x7F80_0000, 0x7F80_0000), (0xFF80_0000, 0xFF80_0000),
    // The smallest normal number, and the largest subnormal one.
    (0x0080_0000, 0x0080_0000), (0x007F_FFFF, 0),
  ])
  func `operands are rounded to nearest even, subnormal ones to zero`(
    bits: UInt32, expected: UInt32
  ) {
    #expect(rounded(bits) == expected)
  }

  /// Some of these would become infinite or zero if their lower half were rounded.
  @Test(arguments: [0x7F80_0001, 0x7FC0_0000, 0x7FFF_FFFF, 0xFF80_0001, 0xFFFF_FFFF] as [UInt32])
  func `what is no number stays none`(bits: UInt32) {
    #expect(Float(bitPattern: rounded(bits)).isNaN)
  }

  private func rounded(_ bits: UInt32) -> UInt32 {
    let arena = Arena()
    let (a, b) = (arena.tensor(rows: 1, columns: 1), arena.tensor(rows: 1, columns: 1))
    let c = arena.tensor(rows: 1, columns: 1)
    (a[0], b[0]) = (Float(bitPattern: bits), 1)
    Bfloat16Products().multiply(a.matrix, b.matrix, into: c.matrix)
    return c[0].bitPattern
  }

  @Test(arguments: [1, 7, 64, 100], [true, false])
  func `a product by a laid out matrix starts from its row and is squashed`(
    columns: Int, byInstruction: Bool
  ) {
    let arena = Arena()
    let (a, b) = (arena.tensor(rows: 9, columns: 600), arena.tensor(rows: 600, columns: columns))
    let row = arena.tensor(rows: 1, columns: columns)
    let (c, expected) = (
      arena.tensor(rows: 9, columns: columns), arena.tensor(rows: 9, columns: columns)
    )
    var random = RandomSource(seed: UInt64(columns))
    for tensor in [a, b, row] { random.fillNormal(tensor, deviation: 1) }
    for place in 0..<9 { expected[rows: place..<place + 1].copy(from: row) }
    let products = Bfloat16Products(byInstruction: byInstruction)
    products.multiply(a.matrix, b.matrix, into: expected.matrix, adding: true)
    ActivationFunction.gelu.apply(to: expected.matrix)
    guard case .rounded(let laidOut) = LaidOutMatrix(b.matrix, startingFrom: row, in: .bfloat16)
    else { return #expect(Bool(false), "laid out for exact products") }
    products.multiply(a.matrix, laidOut, into: c.matrix, squashingBy: .gelu)
    #expect(c.indices.allSatisfy { c[$0] == expected[$0] })
  }

  @Test func `a product of exact numbers is exact`() {
    let arena = Arena()
    let (a, b) = (arena.tensor(rows: 9, columns: 70), arena.tensor(rows: 70, columns: 20))
    let (c, expected) = (arena.tensor(rows: 9, columns: 20), arena.tensor(rows: 9, columns: 20))
    for i in a.indices { a[i] = Float(i % 13 - 6) }
    for i in b.indices { b[i] = Float(i % 11 - 5) }
    Bfloat16Products().multiply(a.matrix, b.matrix, into: c.matrix)
    OpenBLAS.opened.multiply(a.matrix, b.matrix, into: expected.matrix)
    #expect(c.indices.allSatisfy { c[$0] == expected[$0] })
  }
}

/// From which exponents the numbers of a product are drawn.
private enum Values {
  case moderate, tiny, huge
  /// Any bits, infinities and what is no number included.
  case any

  func float(_ bits: UInt32, isSum: Bool) -> Float {
    let (lowest, count): (UInt32, UInt32) =
      switch (self, isSum) {
      case (.moderate, _): (120, 12)
      case (.tiny, false): (50, 24)
      case (.tiny, true): (0, 30)
      case (.huge, false): (185, 12)
      case (.huge, true): (240, 15)
      case (.any, _): (0, 256)
      }
    let exponent = lowest + (bits >> 23 & 0xFF) % count
    return Float(bitPattern: bits & 0x807F_FFFF | exponent << 23)
  }
}

/// A product of random numbers.
private struct Case {
  private let arena = Arena()
  private let size: [Int]
  private let values: Values
  /// The numbers of a and b, row by row.
  private let left: [Float]
  private let right: [Float]
  /// What there was in a wider c.
  private let before: Tensor

  init(_ size: [Int], _ values: Values) {
    self.size = size
    self.values = values
    var random = SeededNumbers(seed: UInt64(size.reduce(0, +)))
    func numbers(_ count: Int, isSum: Bool) -> [Float] {
      (0..<count).map { _ in
        values.float(UInt32(truncatingIfNeeded: random.next()), isSum: isSum)
      }
    }
    left = numbers(size[0] * size[2], isSum: false)
    right = numbers(size[2] * size[1], isSum: false)
    before = arena.tensor(rows: size[0], columns: size[1] + 3)
    for (i, number) in numbers(before.count, isSum: true).enumerated() { before[i] = number }
  }

  func check() {
    for adding in [false, true] {
      let expected = plainSum(adding: adding)
      for (isTransposedA, isTransposedB) in [
        (false, false), (false, true), (true, false), (true, true),
      ] {
        let a = matrix(left, rows: size[0], columns: size[2], isTransposed: isTransposedA)
        let b = matrix(right, rows: size[2], columns: size[1], isTransposed: isTransposedB)
        for byInstruction in [true, false] {
          let products = Bfloat16Products(byInstruction: byInstruction)
          let (c, laidOut) = (copyOfBefore(), copyOfBefore())
          products.multiply(a, b, into: c.matrix(columns: columns), adding: adding)
          products.multiply(
            a, products.layOut(b, in: arena), into: laidOut.matrix(columns: columns),
            adding: adding)
          let place =
            "\(size) \(values) \(isTransposedA) \(isTransposedB) \(adding) \(byInstruction)"
          #expect(isEqual(c, expected), "\(place)")
          #expect(isEqual(laidOut, expected), "\(place) laid out")
        }
      }
    }
  }

  /// The columns of the wider c.
  private var columns: Range<Int> { 2..<2 + size[1] }

  /// A matrix of these numbers in a part of a wider one.
  private func matrix(
    _ numbers: [Float], rows: Int, columns: Int, isTransposed: Bool
  ) -> Matrix {
    let across = isTransposed ? rows : columns
    let tensor = arena.tensor(rows: isTransposed ? columns : rows, columns: across + 2)
    tensor.fill(.nan)
    for row in 0..<rows {
      for column in 0..<columns {
        let (down, right) = isTransposed ? (column, row) : (row, column)
        tensor[down * (across + 2) + 1 + right] = numbers[row * columns + column]
      }
    }
    let part = tensor.matrix(columns: 1..<across + 1)
    return isTransposed ? part.transposed : part
  }

  private func copyOfBefore() -> Tensor {
    let c = arena.tensor(rows: before.rows, columns: before.columns)
    c.copy(from: before)
    return c
  }

  private func plainSum(adding: Bool) -> Tensor {
    let c = copyOfBefore()
    let n = size[1]
    func place(_ row: Int, _ column: Int) -> Int { row * c.columns + 2 + column }
    var sums = (0..<size[0] * n).map { adding ? c[place($0 / n, $0 % n)] : 0 }
    PlainBfloat16Product.add(
      left, right, to: &sums, rows: size[0], columns: n, depth: size[2])
    for (i, sum) in sums.enumerated() { c[place(i / n, i % n)] = sum }
    return c
  }

  private func isEqual(_ x: Tensor, _ y: Tensor) -> Bool {
    x.indices.allSatisfy { i in
      x[i].bitPattern == y[i].bitPattern || x[i].isNaN && y[i].isNaN
    }
  }
}
