import Tensors

extension Tape {
  /// `y = x · m`, each m independently 0 with `dropProbability`, else 1 / (1 − dropProbability).
  ///
  /// In inference, when the step does not drop, and when nothing is dropped, `y` is `x`.
  package func dropout(_ x: Variable, dropProbability: Float) -> Variable {
    guard isRecording, isDropping, dropProbability > 0 else { return x }
    let result = variable(rows: x.rows, columns: x.columns, needsGradient: x.needsGradient)
    let start = random
    random.dropOut(x.value, dropProbability: dropProbability, into: result.value)
    record(gradientOf: result) { tape, dy in
      let (dx, adds) = tape.incomingGradient(of: x)
      var again = start
      again.dropOut(dy, dropProbability: dropProbability, into: dx, adding: adds)
    }
    return result
  }
}
