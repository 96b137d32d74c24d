import Tensors

/// Nesterov's accelerated gradient as fairseq computes it, with the momentum scaled by the rate.
///
/// With r = rate / previous rate: `p ← (1 − rate · decay) · p + μ² · r · b − (1 + μ) · rate · g;`
/// `b ← μ · r · b − rate · g`.
package struct NAG: UpdateRule, Hashable {
  package var momentum: Double
  package var weightDecay: Double

  package init(momentum: Double = 0.99, weightDecay: Double = 0) {
    self.momentum = momentum
    self.weightDecay = weightDecay
  }

  package var moments: [String] { ["momentum"] }

  package func update(
    _ weights: ParameterBuffer, along gradient: ParameterBuffer, moments: [ParameterBuffer],
    in range: Range<Int>, at step: UpdateStep
  ) {
    precondition(moments.count == 1, "\(moments.count) moments for NAG")
    let (p, g) = (Blocks(weights, range), Blocks(gradient, range))
    let b = Blocks(moments[0], range)
    let correction = step.previousRate > 0 ? step.rate / step.previousRate : 1
    let kept = Float(step.decays ? 1 - step.rate * weightDecay : 1)
    let ahead = Float(momentum * momentum * correction)
    let carried = Float(momentum * correction)
    let (rate, reach) = (Float(step.rate), Float((1 + momentum) * step.rate))
    let scale = step.gradientScale
    for i in 0..<p.count {
      let (slope, old) = (g[i] * scale, b[i])
      p[i] = kept * p[i] + ahead * old - reach * slope
      b[i] = carried * old - rate * slope
    }
  }
}
