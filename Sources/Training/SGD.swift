import Tensors

/// Stochastic gradient descent with momentum, as `torch.optim.SGD` computes it.
///
/// `g ← g + decay · p; b ← momentum · b + g; p ← p − rate · b`.
package struct SGD: UpdateRule, Hashable {
  package var momentum: Double
  package var weightDecay: Double

  package init(momentum: Double = 0, weightDecay: Double = 0) {
    self.momentum = momentum
    self.weightDecay = weightDecay
  }

  package var moments: [String] { momentum == 0 ? [] : ["momentum"] }

  package func update(
    _ weights: ParameterBuffer, along gradient: ParameterBuffer, moments: [ParameterBuffer],
    in range: Range<Int>, at step: UpdateStep
  ) {
    let (p, g) = (Blocks(weights, range), Blocks(gradient, range))
    let decay = Float(step.decays ? weightDecay : 0)
    let (rate, scale) = (Float(step.rate), step.gradientScale)
    guard let buffer = moments.first else {
      for i in 0..<p.count { p[i] -= rate * (g[i] * scale + decay * p[i]) }
      return
    }
    let b = Blocks(buffer, range)
    let momentum = Float(momentum)
    for i in 0..<p.count {
      let moved = momentum * b[i] + (g[i] * scale + decay * p[i])
      b[i] = moved
      p[i] -= rate * moved
    }
  }
}
