import Glibc

/// What squashes the values of a layer, by its name in a definition.
package enum ActivationFunction: String, CaseIterable, Hashable, Sendable {
  /// `max(x, 0)`.
  case relu
  case tanh
  /// `1 / (1 + e⁻ˣ)`.
  case sigmoid
  /// `x · Φ(x)`, Φ being the distribution of the normal law (Hendrycks and Gimpel 2016).
  case gelu
}

extension ActivationFunction {
  /// `y ← f(x)`, element by element.
  package func apply(to x: Tensor, into y: Tensor) {
    precondition(x.count == y.count, "\(x.count) values squashed into \(y.count)")
    for i in stride(from: 0, to: y.count, by: Lanes.scalarCount) {
      let rest = y.count &- i
      y.store(value(of: x.lanes(at: i, count: rest)), at: i, count: rest)
    }
  }

  /// `dx ← dy · f′(x)`, or `dx ← dx + dy · f′(x)`; y is `f(x)`.
  package func pullBack(
    _ dy: Tensor, from x: Tensor, _ y: Tensor, into dx: Tensor, adding: Bool = false
  ) {
    precondition(
      x.count == y.count && y.count == dy.count && dy.count == dx.count,
      "\(dy.count) slopes of \(x.count) values squashed to \(y.count), into \(dx.count)")
    for i in stride(from: 0, to: dx.count, by: Lanes.scalarCount) {
      let rest = dx.count &- i
      let slope = slope(at: x.lanes(at: i, count: rest), y.lanes(at: i, count: rest))
      // Chosen, not multiplied by 0 or 1: a slope that is no number must not come through.
      let dy = dy.lanes(at: i, count: rest)
      let product = (dy * slope).replacing(with: 0, where: slope .== 0)
      dx.store(adding ? dx.lanes(at: i, count: rest) + product : product, at: i, count: rest)
    }
  }

  @inline(__always)
  private func value(of x: Lanes) -> Lanes {
    switch self {
    case .relu: return x.replacing(with: 0, where: x .<= 0)
    case .tanh:
      let (numerator, denominator) = tanhFraction(x)
      return numerator / denominator
    case .sigmoid: return 1 / sigmoidDenominator(x)
    case .gelu: return x * normalDistribution(x)
    }
  }

  /// `f′(x)`, y being `f(x)`.
  @inline(__always)
  private func slope(at x: Lanes, _ y: Lanes) -> Lanes {
    switch self {
    case .relu: return Lanes.zero.replacing(with: 1, where: y .> 0)
    case .tanh: return 1 - y * y
    case .sigmoid: return y * (1 - y)
    case .gelu:
      let density = exponential(x * x * -0.5) * (1 / (2 * Float.pi).squareRoot())
      return normalDistribution(x).addingProduct(x, density)
    }
  }
}

/// Φ(x): how much of the normal law lies below x.
private func normalDistribution(_ x: Lanes) -> Lanes {
  var result = Lanes.zero
  for i in x.indices { result[i] = 0.5 * (1 + erff(x[i] * Float(0.5).squareRoot())) }
  return result
}
