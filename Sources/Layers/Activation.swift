import Tensors

extension Tape {
  /// `y = f(x)`, element by element.
  package func activate(_ x: Variable, by function: ActivationFunction) -> Variable {
    let result = variable(rows: x.rows, columns: x.columns, needsGradient: x.needsGradient)
    let (source, y) = (x.value, result.value)
    function.apply(to: source, into: y)
    record(gradientOf: result) { tape, dy in
      let (dx, adds) = tape.incomingGradient(of: x)
      function.pullBack(dy, from: source, y, into: dx, adding: adds)
    }
    return result
  }
}
