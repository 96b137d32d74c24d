import Tensors

extension Tape {
  /// `y = x · m`, each m independently 0 with `dropProbability`, else 1 / (1 − dropProbability).
  ///
  /// In inference, and when nothing is dropped, `y` is `x`.
  package func dropout(_ x: Variable, dropProbability: Float) -> Variable {
    guard isRecording, dropProbability > 0 else { return x }
    let mask = arena.tensor(rows: x.rows, columns: x.columns)
    random.fillMask(mask, dropProbability: dropProbability)
    let result = variable(rows: x.rows, columns: x.columns)
    multiply(x.value, by: mask, into: result.value)
    record { tape in
      guard let dy = tape.gradient(of: result) else { return }
      let (dx, adds) = tape.incomingGradient(of: x)
      multiply(dy, by: mask, into: dx, adding: adds)
    }
    return result
  }
}
