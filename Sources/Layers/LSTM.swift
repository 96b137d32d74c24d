import Tensors

/// The parameters of one direction of one layer, in PyTorch's shapes; h is the hidden width.
package struct LSTMDirection: Hashable, Sendable {
  /// [4h, c]
  package let inputWeight: Parameter
  /// [4h, h]
  package let recurrentWeight: Parameter
  /// [4h]
  package let inputBias: Parameter
  /// [4h]
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

/// What one layer of one or two directions computes; the directions lie side by side in a row.
package struct LSTMStates {
  /// [packed values, directions × h] the hidden state after every step.
  package let sequence: Variable
  /// [rows of the batch, directions × h] the hidden state when a direction has read all of a row.
  package let last: Variable
  /// [rows of the batch, directions × h] the cell state then.
  package let lastCell: Tensor
}

extension Tape {
  /// A long short-term memory over packed rows, starting from zero states: [p, c] to [p, d · h].
  package func lstm(
    _ x: Variable, packing: Packing, directions: [LSTMDirection]
  ) -> LSTMStates {
    let width = directions.reduce(0) { $0 + $1.hiddenWidth }
    let sequence = variable(rows: packing.count, columns: width)
    let last = variable(rows: packing.rowCount, columns: width)
    let lastCell = arena.tensor(rows: packing.rowCount, columns: width)
    var column = 0
    for direction in directions {
      let pass = LSTMPass(
        direction, input: x, packing: packing, sequence: sequence, last: last, column: column,
        on: self)
      pass.forward(on: self, lastCell: lastCell)
      record { tape in pass.backward(on: tape) }
      column += direction.hiddenWidth
    }
    return LSTMStates(sequence: sequence, last: last, lastCell: lastCell)
  }
}
