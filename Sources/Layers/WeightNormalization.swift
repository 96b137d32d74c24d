import Tensors

/// A weight stored as a direction and a gain: `w = gain · direction / ‖direction‖`.
///
/// Weight normalisation (Salimans and Kingma 2016).
package struct NormalizedWeight: Hashable, Sendable {
  package let direction: Parameter
  package let gain: Parameter
  package let norm: WeightNorm

  package init(direction: Parameter, gain: Parameter, norm: WeightNorm) {
    self.direction = direction
    self.gain = gain
    self.norm = norm
  }

  /// The weight itself, in the shape of its direction, and the norms it was divided by.
  package func value(
    from parameters: ParameterBuffer, in arena: Arena
  ) -> (weight: Tensor, norms: Tensor) {
    let norms = arena.tensor(rows: 1, columns: gain.rows * gain.columns)
    let weight = arena.tensor(rows: direction.rows, columns: direction.columns)
    norm.norms(of: parameters[direction], into: norms)
    norm.scale(parameters[direction], gain: parameters[gain], norms: norms, into: weight)
    return (weight, norms)
  }
}

extension Tape {
  /// The weight itself, in the shape of its direction; at most once in a step.
  package func normalized(_ weight: NormalizedWeight) -> Variable {
    if let normalizedWeights {
      return variable(normalizedWeights[weight], gradient: weight.direction)
    }
    let (value, norms) = weight.value(from: stepParameters, in: arena)
    let result = variable(value)
    record(gradientOf: result) { tape, dw in
      let dg = tape.arena.tensor(rows: 1, columns: norms.columns)
      weight.norm.pullBack(
        dw, direction: tape[weight.direction], gain: tape[weight.gain], norms: norms, into: dg)
      add(dw, into: tape.gradient(of: weight.direction))
      add(dg, into: tape.gradient(of: weight.gain))
    }
    return result
  }

  /// A parameter as a variable, for operations whose weights may be computed ones.
  package func weight(_ parameter: Parameter) -> Variable { variable(of: parameter) }

  /// `y[n, d] = x[n, c] · w[d, c]ᵀ + b[d]` with a computed weight.
  package func linear(_ x: Variable, weight: Variable, bias: Parameter) -> Variable {
    let result = variable(rows: x.rows, columns: weight.rows)
    multiply(x.value.matrix, byWeight: weight.value.matrix.transposed, into: result.value.matrix)
    add(row: self[bias], toEachRowOf: result.value)
    record(gradientOf: result) { tape, dy in
      let (dw, addsWeight) = tape.incomingGradient(of: weight)
      tape.products.multiply(
        dy.matrix.transposed, x.value.matrix, into: dw.matrix, adding: addsWeight)
      add(rowsOf: dy, into: tape.gradient(of: bias))
      let (dx, adds) = tape.incomingGradient(of: x)
      tape.multiply(dy.matrix, byWeight: weight.value.matrix, into: dx.matrix, adding: adds)
    }
    return result
  }
}
