/// The cells of a long short-term memory (Hochreiter and Schmidhuber 1997) at all steps of a batch.
///
/// A step is a range of neighbouring rows. Gates lie in PyTorch's order: input, forget, cell,
/// output. With w cells, a multiple of sixteen: `c = σ(f) · c₋₁ + σ(i) · tanh(g)`,
/// `y = σ(o) · tanh(c)`.
package struct LSTMCells: RecurrentCells {
  /// [p, 4w] before: sums without the bias; after, where a gradient is wanted: the activations; after
  /// `gradient`: d sums.
  package let gates: Tensor
  /// The cell states c, [p, w].
  package let states: Tensor
  /// Their hyperbolic tangents, [p, w], where a gradient is wanted.
  private let squashed: Tensor?
  /// The outputs y, [p, w].
  package let hidden: Tensor
  /// [rows, w] what reaches c from the step after.
  private let cellGradient: Tensor
  private let products: MatrixProducts

  package init(
    count: Int, rows: Int, width: Int, inferring stretch: Int?, in arena: Arena,
    products: MatrixProducts
  ) {
    precondition(width.isMultiple(of: Lanes.scalarCount), "\(width) cells are no whole vectors")
    gates = arena.tensor(rows: stretch ?? count, columns: 4 * width)
    states = arena.tensor(rows: count, columns: width)
    squashed = stretch == nil ? arena.tensor(rows: count, columns: width) : nil
    hidden = arena.tensor(rows: count, columns: width)
    cellGradient = arena.tensor(rows: rows, columns: width)
    self.products = products
  }

  package var recurrentGates: Tensor { gates }
  package var memory: Tensor? { states }

  package func beginGradient() { cellGradient.fill(0) }

  package func forward(
    _ step: Range<Int>, sums: Range<Int>, after before: Range<Int>, recurrent: [LaidOutMatrix],
    bias: Tensor
  ) {
    products.multiply(
      hidden.matrix[rows: before], recurrent[0],
      into: gates.matrix[rows: sums.prefix(before.count)], adding: true)
    activate(step, sums: sums, after: before, bias: bias)
  }

  private func activate(
    _ step: Range<Int>, sums: Range<Int>, after before: Range<Int>, bias: Tensor
  ) {
    let width = width
    let first = step.lowerBound
    precondition(bias.count == 4 * width, "\(bias.count) biases for \(width) cells")
    precondition(before.count <= step.count, "\(step.count) rows go on from \(before.count)")
    for j in stride(from: 0, to: width, by: Lanes.scalarCount) {
      let biasI = bias.lanes(at: j)
      let biasF = bias.lanes(at: j &+ width)
      let biasG = bias.lanes(at: j &+ 2 &* width)
      let biasO = bias.lanes(at: j &+ 3 &* width)
      for row in 0..<step.count {
        let gate = (sums.lowerBound &+ row) &* 4 &* width &+ j
        let state = (first &+ row) &* width &+ j
        let (numerator, denominator) = tanhFraction(gates.lanes(at: gate &+ 2 &* width) + biasG)
        let (i, scale) = reciprocals(
          sigmoidDenominator(gates.lanes(at: gate) + biasI), denominator)
        let g = numerator * scale
        let (f, o) = reciprocals(
          sigmoidDenominator(gates.lanes(at: gate &+ width) + biasF),
          sigmoidDenominator(gates.lanes(at: gate &+ 3 &* width) + biasO))
        let past =
          row < before.count
          ? states.lanes(at: (before.lowerBound &+ row) &* width &+ j) : Lanes.zero
        let c = (i * g).addingProduct(f, past)
        let squash = tanhFraction(c)
        let s = squash.numerator / squash.denominator
        states.store(c, at: state)
        hidden.store(o * s, at: state)
        guard let squashed else { continue }
        gates.store(i, at: gate)
        gates.store(f, at: gate &+ width)
        gates.store(g, at: gate &+ 2 &* width)
        gates.store(o, at: gate &+ 3 &* width)
        squashed.store(s, at: state)
      }
    }
  }

  package func gradient(
    _ step: Range<Int>, after before: Range<Int>, recurrent: LaidOutMatrix,
    recurrentGradient: Tensor, hiddenGradient: Tensor?, biasGradient: Tensor
  ) {
    differentiate(
      step, after: before, recurrentGradient: recurrentGradient, hiddenGradient: hiddenGradient,
      biasGradient: biasGradient)
    products.multiply(
      gates.matrix[rows: step.prefix(before.count)], recurrent,
      into: recurrentGradient.matrix[rows: 0..<before.count])
  }

  private func differentiate(
    _ step: Range<Int>, after before: Range<Int>, recurrentGradient: Tensor,
    hiddenGradient: Tensor?, biasGradient: Tensor
  ) {
    guard let squashed else { preconditionFailure("a gradient of cells that only infer") }
    let width = width
    let first = step.lowerBound
    precondition(
      recurrentGradient.columns == width && hiddenGradient?.columns ?? width == width
        && biasGradient.count == 4 * width,
      "gradients of \(recurrentGradient.columns) for \(width) cells")
    // Row by row, because what was kept of a step lies far down in the caches by now.
    for row in 0..<step.count {
      for j in stride(from: 0, to: width, by: Lanes.scalarCount) {
        let gate = (first &+ row) &* 4 &* width &+ j
        let state = (first &+ row) &* width &+ j
        let i = gates.lanes(at: gate)
        let f = gates.lanes(at: gate &+ width)
        let g = gates.lanes(at: gate &+ 2 &* width)
        let o = gates.lanes(at: gate &+ 3 &* width)
        let s = squashed.lanes(at: state)
        let past =
          row < before.count
          ? states.lanes(at: (before.lowerBound &+ row) &* width &+ j) : Lanes.zero
        var dy = recurrentGradient.lanes(at: row &* width &+ j)
        if let hiddenGradient { dy += hiddenGradient.lanes(at: state) }
        let dc = cellGradient.lanes(at: row &* width &+ j) + dy * o * (1 - s * s)
        cellGradient.store(dc * f, at: row &* width &+ j)
        func store(_ slope: Lanes, ofGate number: Int) {
          let column = number &* width &+ j
          gates.store(slope, at: gate &+ number &* width)
          biasGradient.store(biasGradient.lanes(at: column) + slope, at: column)
        }
        store(dc * g * i * (1 - i), ofGate: 0)
        store(dc * past * f * (1 - f), ofGate: 1)
        store(dc * i * (1 - g * g), ofGate: 2)
        store(dy * s * o * (1 - o), ofGate: 3)
      }
    }
  }
}
