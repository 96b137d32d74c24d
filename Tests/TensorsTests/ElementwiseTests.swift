import Tensors
import Testing

/// Every kernel beside the loop it stands for, on rows that are and are no whole vectors.
struct ElementwiseTests {
  private let arena = Arena()

  private func tensor(rows: Int, columns: Int, seed: UInt64) -> Tensor {
    let tensor = arena.tensor(rows: rows, columns: columns)
    var random = RandomSource(seed: seed)
    random.fillUniform(tensor, from: -2, to: 2)
    return tensor
  }

  private func numbers(_ tensor: Tensor) -> [Float] { tensor.indices.map { tensor[$0] } }

  @Test(arguments: [1, 5, 16, 33, 64])
  func `sums, products and scaled values are those of single values`(_ columns: Int) {
    let (a, b) = (
      tensor(rows: 3, columns: columns, seed: 1), tensor(rows: 3, columns: columns, seed: 2)
    )
    let y = tensor(rows: 3, columns: columns, seed: 3)
    let (x, z, before) = (numbers(a), numbers(b), numbers(y))
    add(a, into: y)
    #expect(numbers(y) == zip(before, x).map(+))
    add(a, b, scaledBy: 0.3, into: y)
    #expect(numbers(y) == zip(x, z).map { ($0 + $1) * 0.3 })
    let sum = numbers(y)
    multiply(a, by: b, into: y, adding: true)
    #expect(numbers(y) == sum.indices.map { sum[$0] + x[$0] * z[$0] })
    multiply(a, by: b, into: y)
    #expect(numbers(y) == zip(x, z).map(*))
    let product = numbers(y)
    scale(a, by: 1.7, into: y, adding: true)
    #expect(numbers(y) == product.indices.map { product[$0] + 1.7 * x[$0] })
    scale(a, by: 1.7, into: y)
    #expect(numbers(y) == x.map { 1.7 * $0 })
  }

  @Test(arguments: [1, 5, 16, 33, 64])
  func `a row is added to every row, and every row to one`(_ columns: Int) {
    let y = tensor(rows: 3, columns: columns, seed: 4)
    let row = tensor(rows: 1, columns: columns, seed: 5)
    let (before, bias) = (numbers(y), numbers(row))
    add(row: row, toEachRowOf: y)
    #expect(numbers(y) == before.indices.map { before[$0] + bias[$0 % columns] })
    let sums = numbers(y)
    add(rowsOf: y, into: row)
    #expect(
      numbers(row)
        == bias.indices.map {
          ((bias[$0] + sums[$0]) + sums[$0 + columns]) + sums[$0 + 2 * columns]
        }
    )
  }
}
