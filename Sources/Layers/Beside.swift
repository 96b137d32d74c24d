import Tensors

extension Tape {
  /// `y = [a, b]`: the columns of both beside each other.
  package func beside(_ a: Variable, _ b: Variable) -> Variable {
    precondition(a.rows == b.rows, "\(a.rows) rows beside \(b.rows)")
    let columns = (0..<a.columns, a.columns..<a.columns + b.columns)
    let result = variable(rows: a.rows, columns: columns.1.upperBound)
    copy(a.value.matrix, into: result.value.matrix(columns: columns.0))
    copy(b.value.matrix, into: result.value.matrix(columns: columns.1))
    record(gradientOf: result) { tape, dy in
      for (x, columns) in [(a, columns.0), (b, columns.1)] {
        let (dx, adds) = tape.incomingGradient(of: x)
        copy(dy.matrix(columns: columns), into: dx.matrix, adding: adds)
      }
    }
    return result
  }
}
