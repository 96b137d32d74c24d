import Tensors

/// One direction of a layer on its way over the packed rows of a batch, and back.
struct LSTMPass {
  let direction: LSTMDirection
  let input: Variable
  let packing: Packing
  /// Where its outputs go, from `column` on.
  let sequence: Variable
  let last: Variable
  let column: Int
  /// [p, 4h] sums, then activations, then the gradient of the sums.
  let gates: Tensor
  /// [p, h] cell states, and their hyperbolic tangents.
  let cells: Tensor
  let squashed: Tensor

  init(
    _ direction: LSTMDirection, input: Variable, packing: Packing, sequence: Variable,
    last: Variable, column: Int, on tape: Tape
  ) {
    self.direction = direction
    self.input = input
    self.packing = packing
    self.sequence = sequence
    self.last = last
    self.column = column
    gates = tape.arena.tensor(rows: packing.count, columns: 4 * direction.hiddenWidth)
    cells = tape.arena.tensor(rows: packing.count, columns: direction.hiddenWidth)
    squashed = tape.arena.tensor(rows: packing.count, columns: direction.hiddenWidth)
  }

  private var width: Int { direction.hiddenWidth }
  private var columns: Range<Int> { column..<column + width }

  /// The steps in the order they are read.
  private func step(_ index: Int) -> Int {
    direction.isReverse ? packing.stepCount - 1 - index : index
  }

  /// Where the values of the step read before lie, as far as rows go on from there to `index`.
  private func range(before index: Int) -> Range<Int> {
    guard index > 0 else { return 0..<0 }
    let earlier = packing.range(ofStep: step(index - 1))
    return earlier.prefix(packing.range(ofStep: step(index)).count)
  }

  private func cell(_ index: Int) -> LSTMCell {
    let range = packing.range(ofStep: step(index))
    return LSTMCell(
      gates: gates[rows: range], cell: cells[rows: range], squashed: squashed[rows: range],
      previousCell: cells[rows: self.range(before: index)])
  }

  func forward(on tape: Tape, lastCell: Tensor) {
    // [h, 4h]: small products are fastest when neither side is transposed.
    let recurrent = tape.arena.tensor(rows: width, columns: 4 * width)
    transpose(tape[direction.recurrentWeight], into: recurrent)
    let bias = tape.arena.tensor(rows: 1, columns: 4 * width)
    bias.copy(from: tape[direction.inputBias])
    add(tape[direction.recurrentBias], into: bias)

    multiply(
      input.value.matrix, tape[direction.inputWeight].matrix.transposed, into: gates.matrix)
    for index in 0..<packing.stepCount {
      let range = packing.range(ofStep: step(index))
      let before = self.range(before: index)
      multiply(
        sequence.value.matrix(rows: before, columns: columns), recurrent.matrix,
        into: gates[rows: range.prefix(before.count)].matrix, adding: true)
      cell(index).forward(bias: bias, output: sequence.value[rows: range], column: column)
    }
    for place in 0..<packing.rowCount {
      let row = packing.order[place]
      let position = lastPosition(ofPlace: place)
      last.value.copy(
        columns: columns, ofRow: row,
        from: sequence.value.matrix(rows: position..<position + 1, columns: columns))
      lastCell.copy(
        columns: columns, ofRow: row, from: cells[rows: position..<position + 1].matrix)
    }
  }

  /// Where the last state of the row at this place of every step lies.
  private func lastPosition(ofPlace place: Int) -> Int {
    guard !direction.isReverse else { return packing.range(ofStep: 0).lowerBound + place }
    return packing.range(ofStep: packing.length(ofPlace: place) - 1).lowerBound + place
  }

  func backward(on tape: Tape) {
    let sequenceGradient = tape.gradient(of: sequence)
    let lastGradient = tape.gradient(of: last)
    guard sequenceGradient != nil || lastGradient != nil else { return }

    // A row's last state is the first the way back comes upon: its gradient waits here for it.
    let outputGradient = tape.arena.tensor(rows: packing.rowCount, columns: width)
    let cellGradient = tape.arena.tensor(rows: packing.rowCount, columns: width)
    cellGradient.fill(0)
    if let lastGradient {
      for place in 0..<packing.rowCount {
        let row = packing.order[place]
        outputGradient.copy(
          columns: 0..<width, ofRow: place,
          from: lastGradient.matrix(rows: row..<row + 1, columns: columns))
      }
    } else {
      outputGradient.fill(0)
    }
    let biasGradient = tape.arena.tensor(rows: 1, columns: 4 * width)
    biasGradient.fill(0)

    let recurrent = tape[direction.recurrentWeight].matrix
    for index in stride(from: packing.stepCount - 1, through: 0, by: -1) {
      let range = packing.range(ofStep: step(index))
      cell(index).gradient(
        outputGradient: outputGradient, sequenceGradient: sequenceGradient?[rows: range],
        column: column, cellGradient: cellGradient, biasGradient: biasGradient)
      let count = self.range(before: index).count
      multiply(
        gates[rows: range.prefix(count)].matrix, recurrent,
        into: outputGradient[rows: 0..<count].matrix)
    }
    addParameterGradients(bias: biasGradient, on: tape)
    let (inputGradient, adds) = tape.incomingGradient(of: input)
    multiply(
      gates.matrix, tape[direction.inputWeight].matrix, into: inputGradient.matrix, adding: adds)
  }

  private func addParameterGradients(bias: Tensor, on tape: Tape) {
    // [p, h] the state each step started from.
    let previous = tape.arena.tensor(rows: packing.count, columns: width)
    for index in 0..<packing.stepCount {
      let range = packing.range(ofStep: step(index))
      let before = self.range(before: index)
      for (position, earlier) in zip(range, before) {
        previous.copy(
          columns: 0..<width, ofRow: position,
          from: sequence.value.matrix(rows: earlier..<earlier + 1, columns: columns))
      }
      previous[rows: range.dropFirst(before.count)].fill(0)
    }
    let gradient = gates.matrix.transposed
    multiply(
      gradient, previous.matrix, into: tape.gradient(of: direction.recurrentWeight).matrix,
      adding: true)
    multiply(
      gradient, input.value.matrix, into: tape.gradient(of: direction.inputWeight).matrix,
      adding: true)
    add(bias, into: tape.gradient(of: direction.inputBias))
    add(bias, into: tape.gradient(of: direction.recurrentBias))
  }
}
