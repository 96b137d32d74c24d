/// Gated recurrent units at all steps of a batch, as PyTorch computes them (Cho and others 2014).
///
/// Gates lie in PyTorch's order: reset, update, candidate. With u what the output of the step before
/// adds to the candidate, and its bias: `n = tanh(g + σ(r) · u)`, `y = (1 − σ(z)) · n + σ(z) · y₋₁`.
///
/// The biases are those of r and z, both together, of g, and of u.
package struct GRUCells: RecurrentCells {
  /// [p, 3w] before: sums without the bias; after: the activations; after `gradient`: d sums.
  package var gates: Matrix { values.matrix }
  /// [p, 3w] after a step, in the place of the candidate: u; after `gradient`: d of r, z and u.
  package var recurrentGates: Matrix? { recurrentValues.matrix }
  private let values: Tensor
  private let recurrentValues: Tensor
  package let hidden: Tensor
  private let products: MatrixProducts

  init(
    count: Int, width: Int, inferring stretch: Int?, in arena: Arena, products: MatrixProducts
  ) {
    precondition(width.isMultiple(of: Lanes.scalarCount), "\(width) cells are no whole vectors")
    values = arena.tensor(rows: stretch ?? count, columns: 3 * width)
    recurrentValues = arena.tensor(rows: stretch ?? count, columns: 3 * width)
    hidden = arena.tensor(rows: count, columns: width)
    self.products = products
  }

  package func forward(
    _ step: Range<Int>, sums: Range<Int>, after before: Range<Int>, recurrent: [LaidOutMatrix],
    bias: Tensor
  ) {
    let rows = sums.prefix(before.count)
    let (gated, candidate) = (0..<2 * width, 2 * width..<3 * width)
    products.multiply(
      hidden.matrix[rows: before], recurrent[0],
      into: values.matrix(rows: rows, columns: gated), adding: true)
    products.multiply(
      hidden.matrix[rows: before], recurrent[1],
      into: recurrentValues.matrix(rows: rows, columns: candidate))
    recurrentValues.matrix(rows: rows.upperBound..<sums.upperBound, columns: candidate).fill(0)
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
      let biasR = bias.lanes(at: j)
      let biasZ = bias.lanes(at: j &+ width)
      let biasG = bias.lanes(at: j &+ 2 &* width)
      let biasU = bias.lanes(at: j &+ 3 &* width)
      for row in 0..<step.count {
        let gate = (sums.lowerBound &+ row) &* 3 &* width &+ j
        let (r, z) = reciprocals(
          sigmoidDenominator(values.lanes(at: gate) + biasR),
          sigmoidDenominator(values.lanes(at: gate &+ width) + biasZ))
        let u = recurrentValues.lanes(at: gate &+ 2 &* width) + biasU
        let sum = (values.lanes(at: gate &+ 2 &* width) + biasG).addingProduct(r, u)
        let squash = tanhFraction(sum)
        let n = squash.numerator / squash.denominator
        values.store(r, at: gate)
        values.store(z, at: gate &+ width)
        values.store(n, at: gate &+ 2 &* width)
        recurrentValues.store(u, at: gate &+ 2 &* width)
        let past = past(row, before, j)
        hidden.store(n.addingProduct(z, past - n), at: (first &+ row) &* width &+ j)
      }
    }
  }

  /// The outputs of the step before; zero of a row that has none.
  @inline(__always)
  private func past(_ row: Int, _ before: Range<Int>, _ j: Int) -> Lanes {
    row < before.count ? hidden.lanes(at: (before.lowerBound &+ row) &* width &+ j) : .zero
  }

  package func gradient(
    _ step: Range<Int>, after before: Range<Int>, recurrent: LaidOutMatrix,
    recurrentGradient: Tensor, hiddenGradient: Tensor?, biasGradient: Tensor
  ) {
    differentiate(
      step, after: before, recurrentGradient: recurrentGradient, hiddenGradient: hiddenGradient,
      biasGradient: biasGradient)
    products.multiply(
      recurrentValues.matrix[rows: step.prefix(before.count)], recurrent,
      into: recurrentGradient.matrix[rows: 0..<before.count], adding: true)
  }

  private func differentiate(
    _ step: Range<Int>, after before: Range<Int>, recurrentGradient: Tensor,
    hiddenGradient: Tensor?, biasGradient: Tensor
  ) {
    let width = width
    let first = step.lowerBound
    precondition(
      recurrentGradient.columns == width && hiddenGradient?.columns ?? width == width
        && biasGradient.count == 4 * width,
      "gradients of \(recurrentGradient.columns) for \(width) cells")
    for j in stride(from: 0, to: width, by: Lanes.scalarCount) {
      var sumR = biasGradient.lanes(at: j)
      var sumZ = biasGradient.lanes(at: j &+ width)
      var sumG = biasGradient.lanes(at: j &+ 2 &* width)
      var sumU = biasGradient.lanes(at: j &+ 3 &* width)
      for row in 0..<step.count {
        let gate = (first &+ row) &* 3 &* width &+ j
        let r = values.lanes(at: gate)
        let z = values.lanes(at: gate &+ width)
        let n = values.lanes(at: gate &+ 2 &* width)
        let u = recurrentValues.lanes(at: gate &+ 2 &* width)
        var dy = recurrentGradient.lanes(at: row &* width &+ j)
        if let hiddenGradient {
          dy += hiddenGradient.lanes(at: (first &+ row) &* width &+ j)
        }
        let dz = dy * (past(row, before, j) - n) * z * (1 - z)
        let dg = dy * (1 - z) * (1 - n * n)
        let dr = dg * u * r * (1 - r)
        let du = dg * r
        recurrentGradient.store(dy * z, at: row &* width &+ j)
        values.store(dr, at: gate)
        values.store(dz, at: gate &+ width)
        values.store(dg, at: gate &+ 2 &* width)
        recurrentValues.store(dr, at: gate)
        recurrentValues.store(dz, at: gate &+ width)
        recurrentValues.store(du, at: gate &+ 2 &* width)
        sumR += dr
        sumZ += dz
        sumG += dg
        sumU += du
      }
      biasGradient.store(sumR, at: j)
      biasGradient.store(sumZ, at: j &+ width)
      biasGradient.store(sumG, at: j &+ 2 &* width)
      biasGradient.store(sumU, at: j &+ 3 &* width)
    }
  }
}
