import Tensors

/// The weights of one direction as its pass wants them, laid out anew in each step.
///
/// Each gate is filled up with zeros to the padded width w, a multiple of sixteen, so that kernels
/// see whole vectors only; cells that are filled in stay zero, and so do their gradients.
struct LSTMWeights {
  /// [4w, c] and [4w, w], as they are used on the way back.
  let input: Tensor
  let recurrent: Tensor
  /// [c, 4w] and [w, 4w], on the way there: small products are fastest untransposed.
  let inputTransposed: Matrix
  let recurrentTransposed: Matrix
  /// [4w] both biases together.
  let bias: Tensor

  /// The least multiple of sixteen that holds so many cells.
  static func paddedWidth(_ width: Int) -> Int { (width + 15) / 16 * 16 }

  init(_ direction: LSTMDirection, on tape: Tape) {
    let hidden = direction.hiddenWidth
    let width = Self.paddedWidth(hidden)
    let inputWidth = direction.inputWeight.columns
    input = tape.arena.tensor(rows: 4 * width, columns: inputWidth)
    recurrent = tape.arena.tensor(rows: 4 * width, columns: width)
    bias = tape.arena.tensor(rows: 4, columns: width)
    if width > hidden {
      for tensor in [input, recurrent, bias] { tensor.fill(0) }
    }
    for gate in 0..<4 {
      let real = gate * hidden..<(gate + 1) * hidden
      let padded = gate * width..<gate * width + hidden
      copy(tape[direction.inputWeight][rows: real].matrix, into: input[rows: padded].matrix)
      copy(
        tape[direction.recurrentWeight][rows: real].matrix,
        into: recurrent.matrix(rows: padded, columns: 0..<hidden))
      let place = bias.matrix(rows: gate..<gate + 1, columns: 0..<hidden)
      copy(tape[direction.inputBias].matrix(columns: real), into: place)
      copy(tape[direction.recurrentBias].matrix(columns: real), into: place, adding: true)
    }
    inputTransposed = tape.transposedCopy(of: input)
    recurrentTransposed = tape.transposedCopy(of: recurrent)
  }
}

extension Tape {
  /// A copy with rows and columns exchanged, a vector apart: rows 2ᵏ bytes apart share cache sets.
  fileprivate func transposedCopy(of x: Tensor) -> Matrix {
    let wide = arena.tensor(rows: x.columns, columns: x.rows + 16)
    let result = wide.matrix(columns: 0..<x.rows)
    copy(x.matrix.transposed, into: result)
    return result
  }
}
