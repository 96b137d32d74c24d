import Tensors

/// The weights of one direction, laid out for the kernels.
///
/// Each gate is padded with zeros to the width w, a multiple of sixteen, so that kernels see whole
/// vectors only; the added cells stay zero, and so do their gradients. Matrices are transposed,
/// because small products are fastest when they need not transpose an operand.
///
/// Its sending is unchecked: nobody writes them after they were made.
struct RecurrentWeights: @unchecked Sendable {
  let cell: RecurrentCell
  /// Of the input, [c, g · w].
  let input: LaidOutMatrix
  /// Of the hidden state, [w, n · w] for each group of n gates.
  let recurrent: [LaidOutMatrix]
  /// [4, w], both biases of a gate together where they are always added.
  let bias: Tensor

  /// The least multiple of sixteen that holds so many cells.
  static func paddedWidth(_ width: Int) -> Int { (width + 15) / 16 * 16 }

  /// Of a step.
  init(_ direction: RecurrentDirection, of cell: RecurrentCell, in arena: Arena, on tape: Tape) {
    self.init(direction, of: cell, tape.stepParameters, in: arena) {
      tape.products.operand($0, in: arena)
    }
  }

  /// Of a model that learns nothing meanwhile, laid out once for all its steps.
  init(
    inferring direction: RecurrentDirection, of cell: RecurrentCell, _ parameters: ParameterBuffer,
    in precision: Precision
  ) {
    self.init(direction, of: cell, parameters, in: Arena()) {
      LaidOutMatrix($0, in: precision)
    }
  }

  private init(
    _ direction: RecurrentDirection, of cell: RecurrentCell, _ parameters: ParameterBuffer,
    in arena: Arena, _ operand: (Matrix) -> LaidOutMatrix
  ) {
    self.cell = cell
    let width = Self.paddedWidth(direction.hiddenWidth)
    input = operand(
      arena.flippedGates(
        of: parameters[direction.inputWeight], cell, rows: direction.inputWeight.columns))
    let recurrent = arena.flippedGates(
      of: parameters[direction.recurrentWeight], cell, rows: width)
    self.recurrent = cell.gateGroups.map { gates in
      operand(
        recurrent[
          rows: 0..<width, columns: gates.lowerBound * width..<gates.upperBound * width])
    }
    bias = arena.tensor(rows: 4, columns: width)
    bias.fill(0)
    let hidden = direction.hiddenWidth
    for (parameter, rows, adds) in [
      (direction.inputBias, cell.inputBiases, false),
      (direction.recurrentBias, cell.recurrentBiases, true),
    ] {
      for gate in 0..<cell.gateCount {
        copy(
          parameters[parameter].matrix(columns: gate * hidden..<(gate + 1) * hidden),
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

extension Arena {
  /// The weights [g · h, n] of g gates as [rows, g · w], where zeros fill up each gate and the rows.
  ///
  /// Nothing is copied where nothing is filled up.
  fileprivate func flippedGates(
    of weight: Tensor, _ cell: RecurrentCell, rows: Int
  ) -> Matrix {
    let hidden = weight.rows / cell.gateCount
    let width = RecurrentWeights.paddedWidth(hidden)
    if width == hidden, rows == weight.columns { return weight.matrix.transposed }
    let result = tensor(rows: rows, columns: cell.gateCount * width).matrix
    result.fill(0)
    for gate in 0..<cell.gateCount {
      copy(
        weight.matrix[rows: gate * hidden..<(gate + 1) * hidden].transposed,
        into: result[rows: 0..<weight.columns, columns: gate * width..<gate * width + hidden])
    }
    return result
  }
}

/// The weights of one direction, laid out for the products of its backward pass.
///
/// Its sending is unchecked: nobody writes them after they were made.
struct RecurrentGradientWeights: @unchecked Sendable {
  /// The padded weights, [g · w, c] and [g · w, w].
  let input: LaidOutMatrix
  let recurrent: LaidOutMatrix

  init(_ direction: RecurrentDirection, of cell: RecurrentCell, in arena: Arena, on tape: Tape) {
    let width = RecurrentWeights.paddedWidth(direction.hiddenWidth)
    func laidOut(_ parameter: Parameter, columns: Int) -> LaidOutMatrix {
      let gates = arena.paddedGates(
        cell.gateCount, of: tape[parameter], width: width, columns: columns)
      return tape.products.operand(gates.matrix, in: arena)
    }
    input = laidOut(direction.inputWeight, columns: direction.inputWeight.columns)
    recurrent = laidOut(direction.recurrentWeight, columns: width)
  }
}

extension Arena {
  /// Weights [g · h, n] with their g gates filled up to [g · w, m ≥ n] by zeros.
  fileprivate func paddedGates(
    _ count: Int, of weight: Tensor, width: Int, columns: Int
  ) -> Tensor {
    let hidden = weight.rows / count
    guard width > hidden || columns > weight.columns else { return weight }
    let result = tensor(rows: count * width, columns: columns)
    result.fill(0)
    for gate in 0..<count {
      copy(
        weight.matrix[rows: gate * hidden..<(gate + 1) * hidden],
        into: result.matrix(
          rows: gate * width..<gate * width + hidden, columns: 0..<weight.columns))
    }
    return result
  }
}

extension Tape {
  /// The weights of the forward pass of a direction, laid out by this step or before it.
  func weights(of direction: RecurrentDirection, _ cell: RecurrentCell) -> RecurrentWeights {
    if let weights = inferenceWeights?[direction] { return weights }
    func make(_ arena: Arena) -> RecurrentWeights {
      RecurrentWeights(direction, of: cell, in: arena, on: self)
    }
    return stepWeights?.forward.layout(of: direction, make) ?? make(arena)
  }

  /// Those of its backward pass.
  func gradientWeights(
    of direction: RecurrentDirection, _ cell: RecurrentCell
  ) -> RecurrentGradientWeights {
    func make(_ arena: Arena) -> RecurrentGradientWeights {
      RecurrentGradientWeights(direction, of: cell, in: arena, on: self)
    }
    return stepWeights?.backward.layout(of: direction, make) ?? make(arena)
  }
}
