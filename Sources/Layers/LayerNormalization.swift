import Tensors

/// The parameters of a layer normalisation (Ba, Kiros and Hinton 2016).
package struct LayerNormalization: Hashable, Sendable {
  /// [d].
  package let gain: Parameter
  /// [d].
  package let bias: Parameter
  /// Added to the variance.
  package let epsilon: Float

  package init(gain: Parameter, bias: Parameter, epsilon: Float) {
    self.gain = gain
    self.bias = bias
    self.epsilon = epsilon
  }
}

extension Tape {
  /// `y[n, d] = gain[d] · (x − mean) / √(variance + ε) + bias[d]`, of each row.
  ///
  /// It works in the memory of x, which nothing may read any more.
  package func normalize(_ x: Variable, by norm: LayerNormalization) -> Variable {
    normalize(x, adding: nil, dropProbability: 0, by: norm)
  }

  /// `y = normalized(drop(x) + residual)`: what ends each half of a layer of an encoder.
  ///
  /// It works in the memory of x, which nothing may read any more.
  package func normalize(
    _ x: Variable, adding residual: Variable?, dropProbability: Float, by norm: LayerNormalization
  ) -> Variable {
    let drops = isRecording && isDropping && dropProbability > 0
    let start = random
    if drops { random.dropOut(x.value, dropProbability: dropProbability, into: x.value) }
    let learnsNorm = learns(norm.gain) || learns(norm.bias)
    let needsGradient =
      isRecording && (x.needsGradient || learnsNorm || residual.map(\.needsGradient) ?? false)
    let result = variable(
      needsGradient ? arena.tensor(rows: x.rows, columns: x.columns) : x.value,
      needsGradient: needsGradient)
    let inverses = arena.tensor(rows: x.rows, columns: 1)
    normalizeRows(
      of: x.value, adding: residual?.value, gain: self[norm.gain], bias: self[norm.bias],
      epsilon: norm.epsilon, into: result.value, keeping: inverses)
    if !needsGradient { arena.takeBack(inverses) }
    record(gradientOf: result) { tape, dy in
      normalizeRowsGradient(
        of: x.value, gain: tape[norm.gain], inverses: inverses, into: dy,
        parameters: learnsNorm
          ? (tape.gradient(of: norm.gain), tape.gradient(of: norm.bias)) : nil)
      if let residual, residual.needsGradient { tape.pass(dy, to: residual) }
      guard x.needsGradient else { return }
      if drops {
        var again = start
        let (dx, adds) = tape.incomingGradient(of: x)
        again.dropOut(dy, dropProbability: dropProbability, into: dx, adding: adds)
      } else {
        tape.pass(dy, to: x)
      }
    }
    return result
  }

  /// Adds a gradient to that of a variable, as it is.
  private func pass(_ dy: Tensor, to x: Variable) {
    let (dx, adds) = incomingGradient(of: x)
    if adds { add(dy, into: dx) } else { dx.copy(from: dy) }
  }
}
