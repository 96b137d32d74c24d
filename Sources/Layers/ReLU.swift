import Tensors

extension Tape {
  /// `y = max(x, 0)`, element by element.
  package func relu(_ x: Variable) -> Variable {
    let result = variable(rows: x.rows, columns: x.columns)
    let source = x.value.span
    var y = result.value.values
    for i in source.indices { y[i] = max(source[i], 0) }
    record(gradientOf: result) { tape, gradient in
      let (incoming, adds) = tape.incomingGradient(of: x)
      let dy = gradient.span
      let y = result.value.span
      var dx = incoming.values
      for i in y.indices {
        let d = y[i] > 0 ? dy[i] : 0
        dx[i] = adds ? dx[i] + d : d
      }
    }
    return result
  }
}
