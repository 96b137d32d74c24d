import Tensors

/// Adadelta (Zeiler 2012), as `torch.optim.Adadelta` computes it.
///
/// `g ← g + decay · p; s ← ρs + (1 − ρ)g²; d ← √(u + ε) / √(s + ε) · g; u ← ρu + (1 − ρ)d²;
/// p ← p − rate · d`: steps are as long as the last ones were, so the usual rate is 1.
package struct Adadelta: UpdateRule, Hashable {
  package var rho: Double
  package var epsilon: Double
  package var weightDecay: Double

  package init(rho: Double = 0.95, epsilon: Double = 1e-6, weightDecay: Double = 0) {
    self.rho = rho
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  package var moments: [String] { ["squares", "steps"] }

  package func update(
    _ weights: ParameterBuffer, along gradient: ParameterBuffer, moments: [ParameterBuffer],
    in range: Range<Int>, at step: UpdateStep
  ) {
    precondition(moments.count == 2, "\(moments.count) moments for Adadelta")
    let (p, g) = (Blocks(weights, range), Blocks(gradient, range))
    let (s, u) = (Blocks(moments[0], range), Blocks(moments[1], range))
    let (kept, added) = (Float(rho), Float(1 - rho))
    let decay = Float(step.decays ? weightDecay : 0)
    let (rate, epsilon) = (Float(step.rate), Float(epsilon))
    for i in 0..<p.count {
      let slope = g[i] * step.gradientScale + decay * p[i]
      let squares = kept * s[i] + added * slope * slope
      let last = u[i]
      let move = ((last + epsilon) / (squares + epsilon)).squareRoot() * slope
      s[i] = squares
      u[i] = kept * last + added * move * move
      p[i] -= rate * move
    }
  }
}
