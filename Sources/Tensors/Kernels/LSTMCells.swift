/// The cells of a long short-term memory (Hochreiter and Schmidhuber 1997) at all steps of a batch.
///
/// A step is a range of neighbouring rows. Gates lie in PyTorch's order: input, forget, cell,
/// output. With w cells, a multiple of sixteen: `c = σ(f) · c₋₁ + σ(i) · tanh(g)`,
/// `y = σ(o) · tanh(c)`.
package struct LSTMCells: RecurrentCells {
  /// [p, 4w] before: sums without the bias; after, where a gradient is wanted: the activations; after
  /// `gradient`: d sums.
  package var gates: Matrix { values.matrix(columns: 0..<4 * width) }
  /// Its rows with what lies between them.
  private let values: Tensor
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
    // Rows a power of two apart would share a few places of the caches.
    values = arena.tensor(rows: stretch ?? count, columns: 4 * width + Lanes.scalarCount)
    states = arena.tensor(rows: count, columns: width)
    squashed = stretch == nil ? arena.tensor(rows: count, columns: width) : nil
    hidden = arena.tensor(rows: count, columns: width)
    cellGradient = arena.tensor(rows: rows, columns: width)
    self.products = products
  }

  package var recurrentGates: Matrix? { nil }
  package var memory: Tensor? { states }

  package func beginGradient() { cellGradient.fill(0) }

  package func forward(
    _ step: Range<Int>, sums: Range<Int>, after before: Range<Int>, recurrent: [LaidOutMatrix],
    bias: Tensor
  ) {
    products.multiply(
      hidden.matrix[rows: before], recurrent[0],
      into: gates[rows: sums.prefix(before.count)], adding: true)
    activate(step, sums: sums, after: before, bias: bias)
  }

  private func activate(
    _ step: Range<Int>, sums: Range<Int>, after before: Range<Int>, bias: Tensor
  ) {
    precondition(before.count <= step.count, "\(step.count) rows go on from \(before.count)")
    let (width, states, hidden, squashed) = (width, states, hidden, squashed)
    let bias = Gates(bias, row: 0, width: width)
    for row in 0..<step.count {
      let gates = Gates(values, row: sums.lowerBound &+ row, width: width)
      let past = row < before.count ? states.laneRow(before.lowerBound &+ row) : nil
      let state = states.laneRow(step.lowerBound &+ row)
      let output = hidden.laneRow(step.lowerBound &+ row)
      let squash = squashed?.laneRow(step.lowerBound &+ row)
      for j in stride(from: 0, to: width, by: Lanes.scalarCount) {
        let (numerator, denominator) = tanhFraction(gates.cell[j] + bias.cell[j])
        let (i, scale) = reciprocals(
          sigmoidDenominator(gates.input[j] + bias.input[j]), denominator)
        let g = numerator * scale
        let (f, o) = reciprocals(
          sigmoidDenominator(gates.forget[j] + bias.forget[j]),
          sigmoidDenominator(gates.output[j] + bias.output[j]))
        state[j] = (i * g).addingProduct(f, past?[j] ?? .zero)
        output[j] = o
        guard squash != nil else { continue }
        gates.input[j] = i
        gates.forget[j] = f
        gates.cell[j] = g
        gates.output[j] = o
      }
      // Apart, since a processor has only so many instructions of one long chain under way.
      for j in stride(from: 0, to: width, by: Lanes.scalarCount) {
        let fraction = tanhFraction(state[j])
        let s = fraction.numerator / fraction.denominator
        output[j] *= s
        if let squash { squash[j] = s }
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
      gates[rows: step.prefix(before.count)], recurrent,
      into: recurrentGradient.matrix[rows: 0..<before.count])
  }

  private func differentiate(
    _ step: Range<Int>, after before: Range<Int>, recurrentGradient: Tensor,
    hiddenGradient: Tensor?, biasGradient: Tensor
  ) {
    guard let squashed else { preconditionFailure("a gradient of cells that only infer") }
    let (width, states, cellGradient) = (width, states, cellGradient)
    precondition(
      recurrentGradient.columns == width && hiddenGradient?.columns ?? width == width,
      "gradients of \(recurrentGradient.columns) for \(width) cells")
    let biases = Gates(biasGradient, row: 0, width: width)
    // Row by row, because what was kept of a step lies far down in the caches by now.
    for row in 0..<step.count {
      let place = step.lowerBound &+ row
      let gates = Gates(values, row: place, width: width)
      let squash = squashed.laneRow(place)
      let past = row < before.count ? states.laneRow(before.lowerBound &+ row) : nil
      let above = hiddenGradient?.laneRow(place)
      let recurrent = recurrentGradient.laneRow(row)
      let cell = cellGradient.laneRow(row)
      // What the next row, or the first one of the step before, will need.
      let next = row &+ 1 < step.count ? place &+ 1 : before.lowerBound
      let nextGates = Gates(values, row: next, width: width)
      let nextSquash = squashed.laneRow(next)
      let nextPast = states.laneRow(
        row &+ 1 < before.count ? before.lowerBound &+ row &+ 1 : place)
      for j in stride(from: 0, to: width, by: Lanes.scalarCount) {
        nextGates.input.prefetch(j)
        nextGates.forget.prefetch(j)
        nextGates.cell.prefetch(j)
        nextGates.output.prefetch(j)
        nextSquash.prefetch(j)
        nextPast.prefetch(j)
        let (i, f, g, o) = (gates.input[j], gates.forget[j], gates.cell[j], gates.output[j])
        let s = squash[j]
        var dy = recurrent[j]
        if let above { dy += above[j] }
        let dc = cell[j] + dy * o * (1 - s * s)
        cell[j] = dc * f
        let di = dc * g * i * (1 - i)
        let df = dc * (past?[j] ?? .zero) * f * (1 - f)
        let dg = dc * i * (1 - g * g)
        let dO = dy * s * o * (1 - o)
        gates.input[j] = di
        gates.forget[j] = df
        gates.cell[j] = dg
        gates.output[j] = dO
        biases.input[j] += di
        biases.forget[j] += df
        biases.cell[j] += dg
        biases.output[j] += dO
      }
    }
  }
}

/// The four gates of a row of sums, or of their biases.
private struct Gates {
  let input: LaneRow
  let forget: LaneRow
  let cell: LaneRow
  let output: LaneRow

  @inline(__always)
  init(_ tensor: Tensor, row: Int, width: Int) {
    let start = row &* tensor.columns
    input = tensor.laneRow(at: start, count: width)
    forget = tensor.laneRow(at: start &+ width, count: width)
    cell = tensor.laneRow(at: start &+ 2 &* width, count: width)
    output = tensor.laneRow(at: start &+ 3 &* width, count: width)
  }
}
