/// One time step of a long short-term memory (Hochreiter and Schmidhuber 1997) for several rows.
///
/// Gates lie in PyTorch's order: input, forget, cell, output. With h the hidden width:
/// `c = σ(f) · c₋₁ + σ(i) · tanh(g)`, `y = σ(o) · tanh(c)`.
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

  /// Computes activations and states; `output[n, h]` is written at `column` of its wider rows.
  package func forward(bias: Tensor, output: Tensor, column: Int) {
    let width = cell.columns
    precondition(bias.count == 4 * width, "\(bias.count) biases for \(width) cells")
    precondition(
      output.rows == gates.rows && column + width <= output.columns,
      "output [\(output.rows), \(output.columns)] at column \(column)")
    forEachBlock(of: width) { j, count in
      forward(from: j, count: count, bias: bias, output: output, column: column)
    }
  }

  /// Turns the activations in `gates` into the gradient of the sums.
  ///
  /// - Parameters:
  ///   - outputGradient: [≥ n, h] what reaches the output from the next step.
  ///   - sequenceGradient: [n, ≥ h] what reaches it from elsewhere, at `column`, if anything does.
  ///   - cellGradient: [≥ n, h] what reaches the cell state; replaced by that of the step before.
  ///   - biasGradient: [4h], to be added to.
  package func gradient(
    outputGradient: Tensor, sequenceGradient: Tensor?, column: Int, cellGradient: Tensor,
    biasGradient: Tensor
  ) {
    let width = cell.columns
    precondition(
      outputGradient.columns == width && cellGradient.columns == width
        && biasGradient.count == 4 * width,
      "gradients of \(outputGradient.columns) and \(cellGradient.columns) for \(width) cells")
    forEachBlock(of: width) { j, count in
      gradient(
        from: j, count: count, outputGradient: outputGradient,
        sequenceGradient: sequenceGradient, column: column, cellGradient: cellGradient,
        biasGradient: biasGradient)
    }
  }
}

// A block of at most sixteen neighbouring cells, all rows of it.
extension LSTMCell {
  @inline(__always)
  private func forward(from j: Int, count: Int, bias: Tensor, output: Tensor, column: Int) {
    let width = cell.columns
    let biasI = bias.lanes(at: j, count: count)
    let biasF = bias.lanes(at: width + j, count: count)
    let biasG = bias.lanes(at: 2 * width + j, count: count)
    let biasO = bias.lanes(at: 3 * width + j, count: count)
    for row in 0..<gates.rows {
      let gate = row * 4 * width + j
      let i = sigmoid(gates.lanes(at: gate, count: count) + biasI)
      let f = sigmoid(gates.lanes(at: gate + width, count: count) + biasF)
      let g = tanh(gates.lanes(at: gate + 2 * width, count: count) + biasG)
      let o = sigmoid(gates.lanes(at: gate + 3 * width, count: count) + biasO)
      let state = row * width + j
      var c = i * g
      if row < previousCell.rows {
        c.addProduct(f, previousCell.lanes(at: state, count: count))
      }
      let s = tanh(c)
      gates.store(i, at: gate, count: count)
      gates.store(f, at: gate + width, count: count)
      gates.store(g, at: gate + 2 * width, count: count)
      gates.store(o, at: gate + 3 * width, count: count)
      cell.store(c, at: state, count: count)
      squashed.store(s, at: state, count: count)
      output.store(o * s, at: row * output.columns + column + j, count: count)
    }
  }

  @inline(__always)
  private func gradient(
    from j: Int, count: Int, outputGradient: Tensor, sequenceGradient: Tensor?, column: Int,
    cellGradient: Tensor, biasGradient: Tensor
  ) {
    let width = cell.columns
    var sumI = Lanes.zero
    var sumF = Lanes.zero
    var sumG = Lanes.zero
    var sumO = Lanes.zero
    for row in 0..<gates.rows {
      let gate = row * 4 * width + j
      let state = row * width + j
      let i = gates.lanes(at: gate, count: count)
      let f = gates.lanes(at: gate + width, count: count)
      let g = gates.lanes(at: gate + 2 * width, count: count)
      let o = gates.lanes(at: gate + 3 * width, count: count)
      let s = squashed.lanes(at: state, count: count)
      var dy = outputGradient.lanes(at: state, count: count)
      if let sequenceGradient {
        dy += sequenceGradient.lanes(
          at: row * sequenceGradient.columns + column + j, count: count)
      }
      let dc = cellGradient.lanes(at: state, count: count) + dy * o * (1 - s * s)
      let before =
        row < previousCell.rows ? previousCell.lanes(at: state, count: count) : Lanes.zero
      let di = dc * g * i * (1 - i)
      let df = dc * before * f * (1 - f)
      let dg = dc * i * (1 - g * g)
      let dO = dy * s * o * (1 - o)
      cellGradient.store(dc * f, at: state, count: count)
      gates.store(di, at: gate, count: count)
      gates.store(df, at: gate + width, count: count)
      gates.store(dg, at: gate + 2 * width, count: count)
      gates.store(dO, at: gate + 3 * width, count: count)
      sumI += di
      sumF += df
      sumG += dg
      sumO += dO
    }
    biasGradient.add(sumI, at: j, count: count)
    biasGradient.add(sumF, at: width + j, count: count)
    biasGradient.add(sumG, at: 2 * width + j, count: count)
    biasGradient.add(sumO, at: 3 * width + j, count: count)
  }
}
