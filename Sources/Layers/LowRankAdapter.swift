import Tensors

/// What is added to a weight that stays: `s · up · down`, two small matrices.
///
/// LoRA, by Hu and others (2021).
package struct LowRankAdapter: Hashable, Sendable {
  /// [r, c].
  package let down: Parameter
  /// [d, r].
  package let up: Parameter
  package let scale: Float

  package init(down: Parameter, up: Parameter, scale: Float) {
    self.down = down
    self.up = up
    self.scale = scale
  }

  /// `w[d, c] ← w + s · up · down`.
  package func add(to weight: Tensor, _ parameters: ParameterBuffer, blas: OpenBLAS) {
    let scaled = Arena().tensor(rows: up.rows, columns: up.columns)
    Tensors.scale(parameters[up], by: scale, into: scaled)
    blas.multiply(scaled.matrix, parameters[down].matrix, into: weight.matrix, adding: true)
  }

  /// `y[n, d] ← y + (s · x[n, c] · downᵀ) · upᵀ`; what stands in the brackets, [n, r].
  func add(to y: Tensor, from x: Tensor, on tape: Tape) -> Tensor {
    let narrowed = tape.arena.tensor(rows: x.rows, columns: down.rows)
    tape.products.multiply(x.matrix, tape[down].matrix.transposed, into: narrowed.matrix)
    Tensors.scale(narrowed, by: scale, into: narrowed)
    tape.products.multiply(
      narrowed.matrix, tape[up].matrix.transposed, into: y.matrix, adding: true)
    return narrowed
  }

  /// Adds the gradients of the two matrices and of x.
  func addGradient(_ dy: Tensor, of x: Variable, narrowed: Tensor, on tape: Tape) {
    tape.products.multiply(
      dy.matrix.transposed, narrowed.matrix, into: tape.gradient(of: up).matrix, adding: true)
    let slopes = tape.arena.tensor(rows: narrowed.rows, columns: narrowed.columns)
    tape.products.multiply(dy.matrix, tape[up].matrix, into: slopes.matrix)
    Tensors.scale(slopes, by: scale, into: slopes)
    tape.products.multiply(
      slopes.matrix.transposed, x.value.matrix, into: tape.gradient(of: down).matrix, adding: true)
    if x.needsGradient {
      let (dx, adds) = tape.incomingGradient(of: x)
      tape.products.multiply(slopes.matrix, tape[down].matrix, into: dx.matrix, adding: adds)
    }
    tape.arena.takeBack(slopes)
  }
}
