import Tensors

extension Tape {
  /// `y = (a + b) · √½`, which keeps the variance where a and b are independent.
  package func residual(_ a: Variable, _ b: Variable) -> Variable {
    let factor = Float(0.5).squareRoot()
    let result = variable(rows: a.rows, columns: a.columns)
    add(a.value, b.value, scaledBy: factor, into: result.value)
    record(gradientOf: result) { tape, dy in
      for part in [a, b] {
        let (d, adds) = tape.incomingGradient(of: part)
        scale(dy, by: factor, into: d, adding: adds)
      }
    }
    return result
  }

  /// `y = x`, but only `factor` of the gradient reaches x.
  package func scaleGradient(_ x: Variable, by factor: Float) -> Variable {
    let result = variable(x.value)
    record(gradientOf: result) { tape, dy in
      let (dx, adds) = tape.incomingGradient(of: x)
      scale(dy, by: factor, into: dx, adding: adds)
    }
    return result
  }
}
