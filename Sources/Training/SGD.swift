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
    let (weights, gradient) = (weights.flat(range), gradient.flat(range))
    var p = weights.values
    let g = gradient.span
    precondition(p.count == g.count, "\(p.count) weights, \(g.count) gradients")
    let (rate, decay, scale) = (Float(step.rate), Float(weightDecay), step.gradientScale)
    guard let buffer = moments.first?.flat(range) else {
      for i in p.indices { p[i] -= rate * (g[i] * scale + decay * p[i]) }
      return
    }
    var b = buffer.values
    precondition(p.count == b.count, "\(p.count) weights, \(b.count) moments")
    let momentum = Float(momentum)
    for i in p.indices {
      let moved = momentum * b[i] + (g[i] * scale + decay * p[i])
      b[i] = moved
      p[i] -= rate * moved
    }
  }
}
