import Fixtures
import Glibc
import Tensors
import Testing

struct ActivationTests {
  /// Values of all sizes, and those at which an approximation changes over.
  private static let arguments: [Float] =
    stride(from: -100, through: 100, by: 0.0625).map { Float($0) }
    + (-30...4).flatMap { [pow(2, Float($0)) * 1.1, -pow(2, Float($0)) * 1.1] }

  @Test func `an LSTM cell's activations agree with Glibc's`() {
    for x in Self.arguments {
      let cell = OneCell(sums: [x, x, x, x], previous: 0.75)
      let exactSigmoid = 1 / (1 + exp(-Double(x)))
      let exactTanh = tanh(Double(x))
      for gate in [0, 1, 3] {
        #expect(abs(Double(cell.gates[gate]) - exactSigmoid) <= 2e-7 * exactSigmoid + 1e-17)
      }
      #expect(abs(Double(cell.gates[2]) - exactTanh) <= 5e-7 * abs(exactTanh))
      let c = exactSigmoid * exactTanh + exactSigmoid * 0.75
      #expect(abs(Double(cell.cell) - c) <= 5e-7)
      #expect(abs(Double(cell.hidden) - exactSigmoid * tanh(c)) <= 5e-7)
    }
  }

  @Test func `infinite sums give the limits`() {
    let cell = OneCell(sums: [.infinity, -.infinity, .infinity, .infinity], previous: 3)
    #expect(abs(cell.gates[0] - 1) < 1e-6)
    #expect(cell.gates[1] < 1e-17)
    #expect(abs(cell.hidden - 0.76159416) < 1e-6)
  }

  @Test func `a sum that is no number is passed on`() {
    #expect(OneCell(sums: [.nan, 0, 0, 0], previous: 0).hidden.isNaN)
    #expect(OneCell(sums: [0, 0, .nan, 0], previous: 0).hidden.isNaN)
  }
}

/// The functions that squash a layer's values.
struct ActivationFunctionTests {
  @Test(arguments: [ActivationFunction.gelu, .geluTanh])
  func `both forms of GELU, and what squashes with a bias, are the formulas`(
    function: ActivationFunction
  ) {
    let arguments = stride(from: -12, through: 12, by: 0.0078125).map { Float($0) }
    let arena = Arena()
    let (x, y) = (
      arena.tensor(rows: 1, columns: arguments.count),
      arena.tensor(rows: 1, columns: arguments.count)
    )
    let bias = arena.tensor(rows: 1, columns: arguments.count)
    x.fill(0)
    for (place, argument) in arguments.enumerated() { bias[place] = argument }
    function.apply(to: x, addingRow: bias, into: y)
    for (place, argument) in arguments.enumerated() {
      let x = Double(argument)
      let gate =
        function == .gelu
        ? (1 + erf(x / 2.0.squareRoot())) / 2
        : (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x))) / 2
      #expect(abs(Double(y[place]) - x * gate) <= 1e-6 * max(1, abs(x)))
    }
  }
}

/// One step of one row of sixteen equal cells.
private struct OneCell {
  let gates: [Float]
  let cell: Float
  let hidden: Float

  init(sums: [Float], previous: Float) {
    let arena = Arena()
    let cells = LSTMCells(
      count: 2, rows: 1, width: 16, inferring: nil, in: arena,
      products: MatrixProducts(.float32))
    let bias = arena.tensor(rows: 1, columns: 64)
    bias.fill(0)
    cells.states.fill(previous)
    let row = arena.tensor(rows: 1, columns: 64)
    for i in 0..<64 { row[i] = sums[i / 16] }
    copy(row.matrix, into: cells.gates[rows: 1..<2])
    cells.hidden.fill(0)
    let recurrent = arena.tensor(rows: 16, columns: 64)
    recurrent.fill(0)
    cells.forward(
      1..<2, sums: 1..<2, after: 0..<1,
      recurrent: [LaidOutMatrix(recurrent.matrix, in: .float32)], bias: bias)
    copy(cells.gates[rows: 1..<2], into: row.matrix)
    self.gates = (0..<4).map { row[16 * $0] }
    self.cell = cells.states[16]
    self.hidden = cells.hidden[16]
  }
}
