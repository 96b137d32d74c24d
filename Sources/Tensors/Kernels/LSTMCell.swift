/// One time step of a long short-term memory (Hochreiter and Schmidhuber 1997) for several rows.
///
/// Gates lie in PyTorch's order: input, forget, cell, output. With h the hidden width, filled up to
/// a multiple of sixteen: `c = σ(f) · c₋₁ + σ(i) · tanh(g)`, `y = σ(o) · tanh(c)`.
package struct LSTMCell {
  /// [n, 4h] before: sums without the bias; after: the activations; after `gradient`: d sums.
  package let gates: Tensor
  /// [n, h] the cell state.
  package let cell: Tensor
  /// [n, h] its hyperbolic tangent.
  package let squashed: Tensor
  /// [m ≤ n, h] the cell state one step earlier of the rows that have one; the others come last.
  package let previousCell: Tensor

  package init(gates: Tensor, cell: Tensor, squashed: Tensor, previousCell: Tensor) {
    let rows = gates.rows
    let width = cell.columns
    precondition(width.isMultiple(of: Lanes.scalarCount), "\(width) cells are no whole vectors")
    precondition(
      gates.columns == 4 * width && cell.rows == rows && squashed.rows == rows
        && squashed.columns == width && previousCell.rows <= rows
        && previousCell.columns == width,
      "gates [\(rows), \(gates.columns)] for cells [\(cell.rows), \(width)]")
    self.gates = gates
    self.cell = cell
    self.squashed = squashed
    self.previousCell = previousCell
  }

  /// Computes activations and states; `hidden[n, h]` becomes y.
  package func forward(bias: Tensor, hidden: Tensor) {
    let width = cell.columns
    precondition(bias.count == 4 * width, "\(bias.count) biases for \(width) cells")
    precondition(
      hidden.rows == gates.rows && hidden.columns == width,
      "hidden [\(hidden.rows), \(hidden.columns)] for [\(gates.rows), \(width)]")
    for j in stride(from: 0, to: width, by: Lanes.scalarCount) {
      let biasI = bias.lanes(at: j)
      let biasF = bias.lanes(at: j &+ width)
      let biasG = bias.lanes(at: j &+ 2 &* width)
      let biasO = bias.lanes(at: j &+ 3 &* width)
      for row in 0..<gates.rows {
        let gate = row &* 4 &* width &+ j
        let state = row &* width &+ j
        let (numerator, denominator) = tanhFraction(gates.lanes(at: gate &+ 2 &* width) + biasG)
        let (i, scale) = reciprocals(
          sigmoidDenominator(gates.lanes(at: gate) + biasI), denominator)
        let g = numerator * scale
        let (f, o) = reciprocals(
          sigmoidDenominator(gates.lanes(at: gate &+ width) + biasF),
          sigmoidDenominator(gates.lanes(at: gate &+ 3 &* width) + biasO))
        let before = row < previousCell.rows ? previousCell.lanes(at: state) : Lanes.zero
        let c = (i * g).addingProduct(f, before)
        let squash = tanhFraction(c)
        let s = squash.numerator / squash.denominator
        gates.store(i, at: gate)
        gates.store(f, at: gate &+ width)
        gates.store(g, at: gate &+ 2 &* width)
        gates.store(o, at: gate &+ 3 &* width)
        cell.store(c, at: state)
        squashed.store(s, at: state)
        hidden.store(o * s, at: state)
      }
    }
  }

  /// Turns the activations in `gates` into the gradient of the sums.
  ///
  /// - Parameters:
  ///   - recurrentGradient: [≥ n, h] what reaches y through the next step.
  ///   - hiddenGradient: [n, h] what reaches y from elsewhere, if anything does.
  ///   - cellGradient: [≥ n, h] what reaches c; replaced by what reaches c₋₁.
  ///   - biasGradient: [4h], to be added to.
  package func gradient(
    recurrentGradient: Tensor, hiddenGradient: Tensor?, cellGradient: Tensor, biasGradient: Tensor
  ) {
    let width = cell.columns
    precondition(
      recurrentGradient.columns == width && cellGradient.columns == width
        && hiddenGradient?.columns ?? width == width && biasGradient.count == 4 * width,
      "gradients of \(recurrentGradient.columns), \(cellGradient.columns) for \(width) cells")
    for j in stride(from: 0, to: width, by: Lanes.scalarCount) {
      var sumI = biasGradient.lanes(at: j)
      var sumF = biasGradient.lanes(at: j &+ width)
      var sumG = biasGradient.lanes(at: j &+ 2 &* width)
      var sumO = biasGradient.lanes(at: j &+ 3 &* width)
      for row in 0..<gates.rows {
        let gate = row &* 4 &* width &+ j
        let state = row &* width &+ j
        let i = gates.lanes(at: gate)
        let f = gates.lanes(at: gate &+ width)
        let g = gates.lanes(at: gate &+ 2 &* width)
        let o = gates.lanes(at: gate &+ 3 &* width)
        let s = squashed.lanes(at: state)
        let before = row < previousCell.rows ? previousCell.lanes(at: state) : Lanes.zero
        var dy = recurrentGradient.lanes(at: state)
        if let hiddenGradient { dy += hiddenGradient.lanes(at: state) }
        let dc = cellGradient.lanes(at: state) + dy * o * (1 - s * s)
        let di = dc * g * i * (1 - i)
        let df = dc * before * f * (1 - f)
        let dg = dc * i * (1 - g * g)
        let dO = dy * s * o * (1 - o)
        cellGradient.store(dc * f, at: state)
        gates.store(di, at: gate)
        gates.store(df, at: gate &+ width)
        gates.store(dg, at: gate &+ 2 &* width)
        gates.store(dO, at: gate &+ 3 &* width)
        sumI += di
        sumF += df
        sumG += dg
        sumO += dO
      }
      biasGradient.store(sumI, at: j)
      biasGradient.store(sumF, at: j &+ width)
      biasGradient.store(sumG, at: j &+ 2 &* width)
      biasGradient.store(sumO, at: j &+ 3 &* width)
    }
  }
}
