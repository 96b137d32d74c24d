import Tensors

/// The weights of a step as its products read them, laid out once for all its shards.
package final class StepWeights: Sendable {
  /// Those of the forward pass of recurrent cells.
  let forward = SharedLayouts<RecurrentDirection, RecurrentWeights>()
  /// Those of their backward pass.
  let backward = SharedLayouts<RecurrentDirection, RecurrentGradientWeights>()
  let filters = SharedLayouts<[WindowFilters], FilterBank>()
  /// Normalised weights and parts of them, which may be transposed, as right operands.
  let operands = SharedLayouts<Matrix.View, LaidOutMatrix>()

  package init() {}

  /// Forgets those of the last step, which nobody may use any more.
  package func forget() {
    forward.forget()
    backward.forget()
    filters.forget()
    operands.forget()
  }
}

extension Tape {
  /// Gives a weight, or a part of one, as the right operand of products.
  ///
  /// It is laid out once for all shards of a step where they share the weight.
  func withOperand(_ weight: Matrix, _ body: (LaidOutMatrix) -> Void) {
    if let shared = sharedOperands(of: weight) {
      body(shared.layout(of: weight.view) { products.operand(weight, in: $0) })
    } else {
      let operand = products.operand(weight, in: arena)
      body(operand)
      arena.takeBack(operand)
    }
  }

  /// `c ← a · w` or `c ← c + a · w` by a weight, which may be transposed.
  ///
  /// What comes of it is what `MatrixProducts` gives for two matrices that are not laid out.
  func multiply(_ a: Matrix, byWeight w: Matrix, into c: Matrix, adding: Bool = false) {
    guard w.rows > 0, sharedOperands(of: w) != nil else {
      return products.multiply(a, w, into: c, adding: adding)
    }
    for first in stride(from: 0, to: w.rows, by: ExactProducts.blockDepth) {
      let depth = first..<min(w.rows, first + ExactProducts.blockDepth)
      withOperand(w[rows: depth]) { operand in
        products.multiply(
          a[rows: 0..<a.rows, columns: depth], operand, into: c, adding: adding || first > 0)
      }
    }
  }

  /// Where a weight is laid out for all shards of a step; nil for one that they do not share.
  private func sharedOperands(of weight: Matrix) -> SharedLayouts<Matrix.View, LaidOutMatrix>? {
    normalizedWeights?.holds(weight) == true ? stepWeights?.operands : nil
  }
}
