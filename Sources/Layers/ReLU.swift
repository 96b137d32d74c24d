import Tensors

extension Tape {
  /// `y = max(x, 0)`, element by element.
  package func relu(_ x: Variable) -> Variable {
    let result = variable(rows: x.rows, columns: x.columns)
    let (source, y) = (x.value, result.value)
    for i in y.indices { y[i] = max(source[i], 0) }
    record(gradientOf: result) { tape, dy in
      let (dx, adds) = tape.incomingGradient(of: x)
      for i in y.indices {
        let d = y[i] > 0 ? dy[i] : 0
        dx[i] = adds ? dx[i] + d : d
      }
    }
    return result
  }
}
