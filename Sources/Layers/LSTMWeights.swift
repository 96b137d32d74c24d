import Tensors

/// The weights of one direction, laid out for the kernels anew in each step.
///
/// Each gate is padded with zeros to the width w, a multiple of sixteen, so that kernels see whole
/// vectors only; the added cells stay zero, and so do their gradients. Matrices are stored
/// transposed, because small products are fastest when they need not transpose an operand.
struct LSTMWeights {
  /// Of the input, [c, 4w].
  let input: Matrix
  /// Of the hidden state, [w, 4w].
  let recurrent: Matrix
  /// Both biases together, [4, w].
  let bias: Tensor

  /// The least multiple of sixteen that holds so many cells.
  static func paddedWidth(_ width: Int) -> Int { (width + 15) / 16 * 16 }

  init(_ direction: LSTMDirection, on tape: Tape) {
    let hidden = direction.hiddenWidth
    let width = Self.paddedWidth(hidden)
    input = tape.matrix(rows: direction.inputWeight.columns, columns: 4 * width)
    recurrent = tape.matrix(rows: width, columns: 4 * width)
    bias = tape.arena.tensor(rows: 4, columns: width)
    if width > hidden {
      for matrix in [input, recurrent, bias.matrix] { matrix.fill(0) }
    }
    for gate in 0..<4 {
      let real = gate * hidden..<(gate + 1) * hidden
      let padded = gate * width..<gate * width + hidden
      copy(
        tape[direction.inputWeight].matrix[rows: real].transposed,
        into: input[rows: 0..<input.rows, columns: padded])
      copy(
        tape[direction.recurrentWeight].matrix[rows: real].transposed,
        into: recurrent[rows: 0..<hidden, columns: padded])
      let place = bias.matrix(rows: gate..<gate + 1, columns: 0..<hidden)
      copy(tape[direction.inputBias].matrix(columns: real), into: place)
      copy(tape[direction.recurrentBias].matrix(columns: real), into: place, adding: true)
    }
  }
}

extension Tape {
  /// A matrix of this step whose rows are a vector apart: 2ᵏ bytes apart they share cache sets.
  fileprivate func matrix(rows: Int, columns: Int) -> Matrix {
    arena.tensor(rows: rows, columns: columns + 16).matrix(columns: 0..<columns)
  }

  /// The weights of a parameter [4h, n] with its gates filled up to [4w, m ≥ n] by zeros.
  func paddedGates(_ parameter: Parameter, width: Int, columns: Int) -> Tensor {
    let hidden = parameter.rows / 4
    guard width > hidden || columns > parameter.columns else { return self[parameter] }
    let result = arena.tensor(rows: 4 * width, columns: columns)
    result.fill(0)
    for gate in 0..<4 {
      copy(
        self[parameter].matrix[rows: gate * hidden..<(gate + 1) * hidden],
        into: result.matrix(
          rows: gate * width..<gate * width + hidden, columns: 0..<parameter.columns))
    }
    return result
  }
}
