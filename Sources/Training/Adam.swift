import Glibc
import Tensors

/// Adam, and AdamW when the weight decay is decoupled, as PyTorch computes them.
///
/// `m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; p ← p − rate · (m / c₁) / (√(v / c₂) + ε)` with
/// cᵢ = 1 − βᵢ to the power of the step (Kingma and Ba 2015; Loshchilov and Hutter 2019). Without
/// the correction of the bias, as in Google's code for BERT, both c are 1.
package struct Adam: UpdateRule, Hashable {
  package var beta1: Double
  package var beta2: Double
  package var epsilon: Double
  package var weightDecay: Double
  /// Whether the decay shrinks the weights themselves (AdamW) instead of adding to the gradient.
  package var decouplesDecay: Bool
  /// Whether the means, which start at 0, are divided by what that makes them too small.
  package var correctsBias: Bool

  package init(
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0,
    decouplesDecay: Bool = false, correctsBias: Bool = true
  ) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.decouplesDecay = decouplesDecay
    self.correctsBias = correctsBias
  }

  package var moments: [String] { ["mean", "variance"] }

  package func update(
    _ weights: ParameterBuffer, along gradient: ParameterBuffer, moments: [ParameterBuffer],
    in range: Range<Int>, at step: UpdateStep
  ) {
    precondition(moments.count == 2, "\(moments.count) moments for Adam")
    let (p, g) = (Blocks(weights, range), Blocks(gradient, range))
    let (m, v) = (Blocks(moments[0], range), Blocks(moments[1], range))
    let weightDecay = step.decays ? weightDecay : 0
    let added = Float(decouplesDecay ? 0 : weightDecay)
    let kept = Float(decouplesDecay ? 1 - step.rate * weightDecay : 1)
    let (b1, b2) = (Float(beta1), Float(beta2))
    let (c1, c2) = (Float(1 - beta1), Float(1 - beta2))
    let rate = Float(step.rate / (correctsBias ? 1 - pow(beta1, Double(step.number)) : 1))
    let spread =
      correctsBias ? Float(1 / (1 - pow(beta2, Double(step.number))).squareRoot()) : 1
    let (epsilon, scale) = (Float(epsilon), step.gradientScale)
    for i in 0..<p.count {
      let slope = g[i] * scale + added * p[i]
      let mean = b1 * m[i] + c1 * slope
      let variance = b2 * v[i] + c2 * slope * slope
      m[i] = mean
      v[i] = variance
      p[i] = kept * p[i] - rate * mean / (variance.squareRoot() * spread + epsilon)
    }
  }
}
