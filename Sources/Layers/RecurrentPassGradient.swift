import Tensors

/// The backward pass of one direction of a layer, and the gradients it sums up.
struct RecurrentPassGradient {
  private let pass: RecurrentPass
  private let weights: RecurrentGradientWeights
  /// Their gradients, and that of the biases, [4, w].
  private let inputWeightGradient: Tensor
  private let recurrentWeightGradient: Tensor
  private let biasGradient: Tensor
  /// The gradient of the hidden states of all steps from the layer above, [p, w], if there is one.
  private let hiddenGradient: Tensor?
  /// The gradient of the hidden states of the current step, [rows, w].
  private let recurrentGradient: Tensor
  /// The hidden states from which the steps of a stretch started.
  private let previous: Tensor

  /// - Parameter last: [rows in the order of the packing, w] the gradient of the last states.
  init(_ pass: RecurrentPass, hidden: Tensor?, last: Tensor, on tape: Tape) {
    self.pass = pass
    hiddenGradient = hidden
    // A row's last state comes first in the backward pass, so its gradient is where that starts.
    recurrentGradient = last
    let (arena, width, rows) = (tape.arena, pass.width, pass.packing.rowCount)
    let gates = pass.weights.cell.gateCount
    weights = tape.gradientWeights(of: pass.direction, pass.weights.cell)
    inputWeightGradient = arena.tensor(
      rows: gates * width, columns: pass.direction.inputWeight.columns)
    recurrentWeightGradient = arena.tensor(rows: gates * width, columns: width)
    biasGradient = arena.tensor(rows: pass.weights.bias.rows, columns: width)
    previous = arena.tensor(rows: pass.stretchSize + rows, columns: width)
    inputWeightGradient.fill(0)
    recurrentWeightGradient.fill(0)
    biasGradient.fill(0)
    pass.cells.beginGradient()
  }

  /// Walks back over all steps.
  ///
  /// - Parameter inputGradient: [p, c], to be set or added to.
  func run(input: Tensor, inputGradient: Tensor, adding: Bool) {
    var end = pass.packing.stepCount
    while end > 0 {
      var stretch = end - 1..<end
      while stretch.lowerBound > 0, pass.range(stretch).count < pass.stretchSize {
        stretch = stretch.lowerBound - 1..<end
      }
      for index in stretch.reversed() {
        pass.cells.gradient(
          pass.range(index), after: pass.range(before: index), recurrent: weights.recurrent,
          recurrentGradient: recurrentGradient, hiddenGradient: hiddenGradient,
          biasGradient: biasGradient)
      }
      let rows = pass.range(stretch)
      let gates = pass.cells.gates[rows: rows]
      let previous = previousHidden(stretch).matrix
      if let recurrent = pass.cells.recurrentGates {
        pass.products.multiply(
          recurrent[rows: rows].transposed, previous, into: recurrentWeightGradient.matrix,
          adding: true)
        pass.products.multiply(
          gates.transposed, input.matrix[rows: rows], into: inputWeightGradient.matrix,
          adding: true)
      } else {
        pass.products.addProducts(
          ofTransposed: gates, (previous, recurrentWeightGradient.matrix),
          (input.matrix[rows: rows], inputWeightGradient.matrix))
      }
      pass.products.multiply(
        gates, weights.input, into: inputGradient.matrix[rows: rows], adding: adding)
      end = stretch.lowerBound
    }
  }

  /// Adds the sums to the gradients of the parameters.
  func addToParameters(on tape: Tape) {
    let (direction, cell) = (pass.direction, pass.weights.cell)
    let width = direction.hiddenWidth
    for gate in 0..<cell.gateCount {
      let real = gate * width..<(gate + 1) * width
      let padded = gate * pass.width..<gate * pass.width + width
      copy(
        inputWeightGradient.matrix[rows: padded],
        into: tape.gradient(of: direction.inputWeight).matrix[rows: real], adding: true)
      copy(
        recurrentWeightGradient.matrix[rows: padded, columns: 0..<width],
        into: tape.gradient(of: direction.recurrentWeight).matrix[rows: real], adding: true)
      for (parameter, rows) in [
        (direction.inputBias, cell.inputBiases), (direction.recurrentBias, cell.recurrentBiases),
      ] {
        copy(
          biasGradient.matrix[rows: rows[gate]..<rows[gate] + 1, columns: 0..<width],
          into: tape.gradient(of: parameter).matrix[rows: 0..<1, columns: real], adding: true)
      }
    }
  }

  /// [rows of the stretch, w] the hidden state each of its steps started from.
  private func previousHidden(_ stretch: Range<Int>) -> Tensor {
    let all = pass.range(stretch)
    let earlier = stretch.lowerBound - 1..<stretch.upperBound - 1
    // Where no row ends or begins in the stretch, these are the states of the steps before.
    if earlier.lowerBound >= 0,
      pass.range(earlier.lowerBound).count == pass.range(earlier.upperBound).count
    {
      return pass.cells.hidden[rows: pass.range(earlier)]
    }
    for index in stretch {
      let range = pass.range(index)
      let before = pass.range(before: index)
      let start = range.lowerBound - all.lowerBound
      let known = start + before.count
      previous[rows: start..<known].copy(from: pass.cells.hidden[rows: before])
      previous[rows: known..<start + range.count].fill(0)
    }
    return previous[rows: 0..<all.count]
  }
}
