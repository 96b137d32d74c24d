import Tensors

/// The weights of one direction, laid out for the kernels anew in each step.
///
/// Each gate is padded with zeros to the width w, a multiple of sixteen, so that kernels see whole
/// vectors only; the added cells stay zero, and so do their gradients. Matrices are stored
/// transposed, because small products are fastest when they need not transpose an operand.
struct RecurrentWeights {
  let cell: RecurrentCell
  /// Of the input, [c, g · w].
  let input: Matrix
  /// Of the hidden state, [w, g · w].
  let recurrent: Matrix
  /// [4, w], both biases of a gate together where they are always added.
  let bias: Tensor

  /// The least multiple of sixteen that holds so many cells.
  static func paddedWidth(_ width: Int) -> Int { (width + 15) / 16 * 16 }

  init(_ direction: RecurrentDirection, of cell: RecurrentCell, on tape: Tape) {
    self.cell = cell
    let hidden = direction.hiddenWidth
    let width = Self.paddedWidth(hidden)
    input = tape.matrix(rows: direction.inputWeight.columns, columns: cell.gateCount * width)
    recurrent = tape.matrix(rows: width, columns: cell.gateCount * width)
    bias = tape.arena.tensor(rows: 4, columns: width)
    bias.fill(0)
    if width > hidden {
      for matrix in [input, recurrent] { matrix.fill(0) }
    }
    for gate in 0..<cell.gateCount {
      let real = gate * hidden..<(gate + 1) * hidden
      let padded = gate * width..<gate * width + hidden
      copy(
        tape[direction.inputWeight].matrix[rows: real].transposed,
        into: input[rows: 0..<input.rows, columns: padded])
      copy(
        tape[direction.recurrentWeight].matrix[rows: real].transposed,
        into: recurrent[rows: 0..<hidden, columns: padded])
      for (parameter, rows, adds) in [
        (direction.inputBias, cell.inputBiases, false),
        (direction.recurrentBias, cell.recurrentBiases, true),
      ] {
        copy(
          tape[parameter].matrix(columns: real),
          into: bias.matrix(rows: rows[gate]..<rows[gate] + 1, columns: 0..<hidden), adding: adds)
      }
    }
  }
}

extension RecurrentCell {
  /// The row of the biases that each gate's bias of the input is added in.
  var inputBiases: [Int] { Array(0..<gateCount) }

  /// The row of the biases that each gate's bias of the hidden state is added in.
  var recurrentBiases: [Int] {
    switch self {
    case .lstm: inputBiases
    // That of the candidate is multiplied by the reset gate before it is added.
    case .gru: [0, 1, 3]
    }
  }
}

extension Tape {
  /// A matrix of this step whose rows are a vector apart: 2ᵏ bytes apart they share cache sets.
  fileprivate func matrix(rows: Int, columns: Int) -> Matrix {
    arena.tensor(rows: rows, columns: columns + 16).matrix(columns: 0..<columns)
  }

  /// The weights of a parameter [g · h, n] with its g gates filled up to [g · w, m ≥ n] by zeros.
  func paddedGates(_ count: Int, of parameter: Parameter, width: Int, columns: Int) -> Tensor {
    let hidden = parameter.rows / count
    guard width > hidden || columns > parameter.columns else { return self[parameter] }
    let result = arena.tensor(rows: count * width, columns: columns)
    result.fill(0)
    for gate in 0..<count {
      copy(
        self[parameter].matrix[rows: gate * hidden..<(gate + 1) * hidden],
        into: result.matrix(
          rows: gate * width..<gate * width + hidden, columns: 0..<parameter.columns))
    }
    return result
  }
}
