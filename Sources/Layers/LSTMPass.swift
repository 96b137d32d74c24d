import Tensors

/// One direction of a layer on its way over the packed rows of a batch, and back.
///
/// Widths are the padded width w of `LSTMWeights`; h is the hidden width.
struct LSTMPass {
  let direction: LSTMDirection
  let packing: Packing
  let weights: LSTMWeights
  let cells: LSTMCells

  init(_ direction: LSTMDirection, packing: Packing, on tape: Tape) {
    self.direction = direction
    self.packing = packing
    weights = LSTMWeights(direction, on: tape)
    cells = LSTMCells(
      count: packing.count, width: LSTMWeights.paddedWidth(direction.hiddenWidth), in: tape.arena)
  }

  var width: Int { cells.width }

  /// Where the values of the step read as number `index` lie.
  private func range(_ index: Int) -> Range<Int> {
    packing.range(ofStep: direction.isReverse ? packing.stepCount - 1 - index : index)
  }

  /// Where the values of the step read before lie, as far as rows go on from there to `index`.
  private func range(before index: Int) -> Range<Int> {
    index > 0 ? range(index - 1).prefix(range(index).count) : 0..<0
  }

  /// Where the last state of the row at this place of every step lies.
  func lastPosition(ofPlace place: Int) -> Int {
    let step = direction.isReverse ? 0 : packing.length(ofPlace: place) - 1
    return packing.range(ofStep: step).lowerBound + place
  }

  /// Computes all cells from `input[p, c]`.
  func forward(_ input: Tensor) {
    let gates = cells.gates.matrix
    let hidden = cells.hidden.matrix
    multiply(input.matrix, weights.inputTransposed, into: gates)
    for index in 0..<packing.stepCount {
      let step = range(index)
      let before = range(before: index)
      multiply(
        hidden[rows: before], weights.recurrentTransposed,
        into: gates[rows: step.prefix(before.count)], adding: true)
      cells.forward(step, after: before, bias: weights.bias)
    }
  }

  /// Turns the gates into the gradient of the sums, and returns the biases' gradient [4, w].
  ///
  /// - Parameters:
  ///   - hiddenGradient: [p, w] what reached every hidden state, if anything did.
  ///   - lastGradient: [rows in the order of the packing, w] what reached the last ones;
  ///     overwritten.
  func backward(hiddenGradient: Tensor?, lastGradient: Tensor, on tape: Tape) -> Tensor {
    // A row's last state is the first the way back comes upon: its gradient waits there for it.
    let recurrentGradient = lastGradient
    let cellGradient = tape.arena.tensor(rows: packing.rowCount, columns: width)
    cellGradient.fill(0)
    let biasGradient = tape.arena.tensor(rows: 4, columns: width)
    biasGradient.fill(0)
    let gates = cells.gates.matrix
    let recurrent = weights.recurrent.matrix
    let recurrentMatrix = recurrentGradient.matrix
    for index in stride(from: packing.stepCount - 1, through: 0, by: -1) {
      let step = range(index)
      let before = range(before: index)
      cells.gradient(
        step, after: before, recurrentGradient: recurrentGradient, hiddenGradient: hiddenGradient,
        cellGradient: cellGradient, biasGradient: biasGradient)
      multiply(
        gates[rows: step.prefix(before.count)], recurrent,
        into: recurrentMatrix[rows: 0..<before.count])
    }
    return biasGradient
  }

  /// Adds to the gradients of the parameters, from those of the sums.
  func addParameterGradients(input: Tensor, biasGradient: Tensor, on tape: Tape) {
    let previous = previousHidden(on: tape)
    let hiddenWidth = direction.hiddenWidth
    for gate in 0..<4 {
      let real = gate * hiddenWidth..<(gate + 1) * hiddenWidth
      let padded = gate * width..<gate * width + hiddenWidth
      let gradient = cells.gates.matrix(columns: padded).transposed
      multiply(
        gradient, previous.matrix(columns: 0..<hiddenWidth),
        into: tape.gradient(of: direction.recurrentWeight)[rows: real].matrix, adding: true)
      multiply(
        gradient, input.matrix,
        into: tape.gradient(of: direction.inputWeight)[rows: real].matrix, adding: true)
      let sum = biasGradient.matrix(rows: gate..<gate + 1, columns: 0..<hiddenWidth)
      for bias in [direction.inputBias, direction.recurrentBias] {
        copy(sum, into: tape.gradient(of: bias).matrix(columns: real), adding: true)
      }
    }
  }

  /// Adds to, or sets, the gradient of the input, from that of the sums.
  func inputGradient(into inputGradient: Tensor, adding: Bool) {
    multiply(cells.gates.matrix, weights.input.matrix, into: inputGradient.matrix, adding: adding)
  }

  /// [p, w] the hidden state each step started from.
  private func previousHidden(on tape: Tape) -> Tensor {
    let previous = tape.arena.tensor(rows: packing.count, columns: width)
    for index in 0..<packing.stepCount {
      let before = range(before: index)
      previous[rows: range(index).prefix(before.count)].copy(from: cells.hidden[rows: before])
      previous[rows: range(index).dropFirst(before.count)].fill(0)
    }
    return previous
  }
}
