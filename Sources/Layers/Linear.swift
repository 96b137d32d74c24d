import Tensors

extension Tape {
  /// `y[n, d] = x[n, c] · w[d, c]ᵀ + b[d]`.
  package func linear(_ x: Variable, weight: Parameter, bias: Parameter) -> Variable {
    let result = variable(rows: x.rows, columns: weight.rows)
    blas.multiply(x.value.matrix, self[weight].matrix.transposed, into: result.value.matrix)
    add(row: self[bias], toEachRowOf: result.value)
    record(gradientOf: result) { tape, dy in
      tape.blas.multiply(
        dy.matrix.transposed, x.value.matrix, into: tape.gradient(of: weight).matrix, adding: true)
      add(rowsOf: dy, into: tape.gradient(of: bias))
      let (dx, adds) = tape.incomingGradient(of: x)
      tape.blas.multiply(dy.matrix, tape[weight].matrix, into: dx.matrix, adding: adds)
    }
    return result
  }
}
