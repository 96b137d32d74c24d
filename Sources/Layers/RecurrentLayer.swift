import Tensors

/// The parameters of one direction of one layer, in PyTorch's shapes.
///
/// h is the hidden width; there are g gates: four of an LSTM, three of a GRU.
package struct RecurrentDirection: Hashable, Sendable {
  /// Weights of the input, [g · h, c].
  package let inputWeight: Parameter
  /// Weights of the hidden state, [g · h, h].
  package let recurrentWeight: Parameter
  /// PyTorch has two biases, [g · h] each.
  package let inputBias: Parameter
  package let recurrentBias: Parameter
  /// Whether it reads each row from its real end to its start.
  package let isReverse: Bool

  package init(
    inputWeight: Parameter, recurrentWeight: Parameter, inputBias: Parameter,
    recurrentBias: Parameter, isReverse: Bool
  ) {
    self.inputWeight = inputWeight
    self.recurrentWeight = recurrentWeight
    self.inputBias = inputBias
    self.recurrentBias = recurrentBias
    self.isReverse = isReverse
  }

  package var hiddenWidth: Int { recurrentWeight.columns }
}

/// The states of one layer of one or two directions; the directions lie side by side in a row.
package struct RecurrentStates {
  /// [packed values, directions × h] the hidden state after every step, if it was asked for.
  package let sequence: Variable?
  /// [rows of the batch, directions × h] the hidden state after a direction has read all of a row.
  package let last: Variable
  /// [rows of the batch, directions × h] the cell state then, of cells that have one.
  package let lastCell: Tensor?
}

extension Tape {
  /// Recurrent cells over packed rows, starting from zero states: [p, c] to [p, d · h].
  ///
  /// - Parameters:
  ///   - words: [p] the words whose vectors x is; nil where it is something else. It may be given
  ///     where x has lost some of its values, as long as none are lost in inference.
  ///   - keepsSequence: whether more than the last states is wanted.
  package func recurrent(
    _ x: Variable, words: Indices? = nil, packing: Packing, cell: RecurrentCell,
    directions: [RecurrentDirection], keepsSequence: Bool
  ) -> RecurrentStates {
    let width = directions.reduce(0) { $0 + $1.hiddenWidth }
    let sequence = keepsSequence ? variable(rows: packing.count, columns: width) : nil
    let last = variable(rows: packing.rowCount, columns: width)
    let lastCell = cell == .lstm ? arena.tensor(rows: packing.rowCount, columns: width) : nil
    var start = 0
    for direction in directions {
      let columns = start..<start + direction.hiddenWidth
      let pass = RecurrentPass(direction, of: cell, packing: packing, on: self)
      pass.forward(x.value, words: words, on: self)
      let real = 0..<direction.hiddenWidth
      if let sequence {
        copy(pass.cells.hidden.matrix(columns: real), into: sequence.value.matrix(columns: columns))
      }
      for place in 0..<packing.rowCount {
        let row = packing.order[place]
        let position = pass.lastPosition(ofPlace: place)
        copy(
          pass.cells.hidden.matrix(rows: position..<position + 1, columns: real),
          into: last.value.matrix(rows: row..<row + 1, columns: columns))
        if let lastCell, let states = pass.cells.memory {
          copy(
            states.matrix(rows: position..<position + 1, columns: real),
            into: lastCell.matrix(rows: row..<row + 1, columns: columns))
        }
      }
      record { tape in
        tape.addGradient(of: pass, input: x, sequence: sequence, last: last, columns: columns)
      }
      start = columns.upperBound
    }
    return RecurrentStates(sequence: sequence, last: last, lastCell: lastCell)
  }

  /// The gradient of one direction, whose states are these columns of `sequence` and `last`.
  private func addGradient(
    of pass: RecurrentPass, input x: Variable, sequence: Variable?, last: Variable,
    columns: Range<Int>
  ) {
    let width = pass.width
    var hiddenGradient: Tensor?
    if let sequenceGradient = sequence.flatMap({ gradient(of: $0) }) {
      let padded = arena.tensor(rows: sequenceGradient.rows, columns: width)
      if width > columns.count { padded.fill(0) }
      copy(
        sequenceGradient.matrix(columns: columns), into: padded.matrix(columns: 0..<columns.count))
      hiddenGradient = padded
    }
    let lastGradient = arena.tensor(rows: last.rows, columns: width)
    lastGradient.fill(0)
    if let gradient = gradient(of: last) {
      for place in 0..<last.rows {
        let row = pass.packing.order[place]
        copy(
          gradient.matrix(rows: row..<row + 1, columns: columns),
          into: lastGradient.matrix(rows: place..<place + 1, columns: 0..<columns.count))
      }
    } else if hiddenGradient == nil {
      return
    }
    let (inputGradient, adds) = incomingGradient(of: x)
    let back = RecurrentPassGradient(
      pass, hidden: hiddenGradient, last: lastGradient, on: self)
    back.run(input: x.value, inputGradient: inputGradient, adding: adds)
    back.addToParameters(on: self)
  }
}
