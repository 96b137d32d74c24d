/// The kinds of recurrent cells, by their names in a definition.
package enum RecurrentCell: String, CaseIterable, Hashable, Sendable {
  /// Long short-term memory (Hochreiter and Schmidhuber 1997).
  case lstm
  /// Gated recurrent unit (Cho et al. 2014).
  case gru

  /// The sums that a cell computes at each step.
  package var gateCount: Int {
    switch self {
    case .lstm: 4
    case .gru: 3
    }
  }

  /// The gates whose sums are computed by one product of the hidden state.
  package var gateGroups: [Range<Int>] {
    switch self {
    case .lstm: [0..<4]
    // What the hidden state adds to the candidate is not added to what the input adds.
    case .gru: [0..<2, 2..<3]
    }
  }

  /// Memory for all steps of a batch.
  ///
  /// - Parameters:
  ///   - count: the values of all rows together.
  ///   - rows: the rows of the batch.
  ///   - stretch: where no gradient is wanted, the values of the most steps whose sums are kept at a
  ///     time.
  package func cells(
    count: Int, rows: Int, width: Int, inferring stretch: Int?, in arena: Arena,
    products: MatrixProducts
  ) -> any RecurrentCells {
    switch self {
    case .lstm:
      LSTMCells(
        count: count, rows: rows, width: width, inferring: stretch, in: arena, products: products)
    case .gru:
      GRUCells(count: count, width: width, inferring: stretch, in: arena, products: products)
    }
  }
}

/// The recurrent cells of one direction at all steps of a batch.
///
/// A step is a range of neighbouring rows. There are w cells, a multiple of sixteen, of g gates.
package protocol RecurrentCells {
  /// [p, g · w] before a step: what the input adds to its sums, without the bias; after `gradient`:
  /// what reaches that. Where no gradient is wanted there are rows for a stretch of steps only.
  var gates: Matrix { get }
  /// [p, g · w] after `gradient`: what reaches what the outputs of the step before add to the sums;
  /// nil where that is what reaches the sums.
  var recurrentGates: Matrix? { get }
  /// The outputs y, [p, w].
  var hidden: Tensor { get }
  /// [p, w] what the cells keep beside their outputs, if they do.
  var memory: Tensor? { get }

  /// Computes one step.
  ///
  /// - Parameters:
  ///   - step: the rows of the step.
  ///   - sums: the rows of its gates; those of the step where a gradient is wanted.
  ///   - before: the rows of the step before, of those that have one; the others come last.
  ///   - recurrent: [w, n · w] for each group of n gates.
  ///   - bias: [4, w]
  func forward(
    _ step: Range<Int>, sums: Range<Int>, after before: Range<Int>, recurrent: [LaidOutMatrix],
    bias: Tensor)

  /// Prepares for the gradient of the last step.
  func beginGradient()

  /// Turns the activations of one step into the gradient of its sums.
  ///
  /// - Parameters:
  ///   - recurrent: [g · w, w]
  ///   - recurrentGradient: [≥ n, w] what reaches the n rows of y through the next step; replaced
  ///     by what reaches the step before.
  ///   - hiddenGradient: [p, w] what reaches y of all steps from elsewhere, if anything does.
  ///   - biasGradient: [4, w], to be added to.
  func gradient(
    _ step: Range<Int>, after before: Range<Int>, recurrent: LaidOutMatrix,
    recurrentGradient: Tensor, hiddenGradient: Tensor?, biasGradient: Tensor)
}

extension RecurrentCells {
  package var width: Int { hidden.columns }
  package var memory: Tensor? { nil }
  package func beginGradient() {}
}
