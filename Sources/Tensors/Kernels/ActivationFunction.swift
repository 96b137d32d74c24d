/// What squashes the values of a layer, by its name in a definition.
package enum ActivationFunction: String, CaseIterable, Hashable, Sendable {
  /// `max(x, 0)`.
  case relu
  case tanh
  /// `1 / (1 + e⁻ˣ)`.
  case sigmoid
  /// `x · Φ(x)`, Φ being the distribution of the normal law (Hendrycks and Gimpel 2016).
  case gelu
  /// `x · (1 + tanh(√(2/π) · (x + 0.044715 x³))) / 2`, which is close to `gelu`: that of Google's BERT.
  case geluTanh = "gelu-tanh"
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

  /// `x ← f(x)`, element by element, of a matrix that is not transposed.
  package func apply(to x: Matrix) {
    precondition(!x.isTransposed, "a transposed matrix is squashed through the one it transposes")
    for row in 0..<x.rows {
      let start = unsafe x.base + row &* x.stride
      for i in stride(from: 0, to: x.columns, by: Lanes.scalarCount) {
        let (place, rest) = unsafe (start + i, x.columns &- i)
        unsafe value(of: Lanes(at: place, count: rest)).store(at: place, count: rest)
      }
    }
  }

  /// `x[n, d] ← x[n, d] + b[d]`, `y ← f(x)`; y may be x where x itself is of no further use.
  package func apply(to x: Tensor, addingRow b: Tensor, into y: Tensor) {
    precondition(
      b.count == x.columns && x.count == y.count,
      "\(b.count) values added to rows of \(x.columns), \(x.count) squashed into \(y.count)")
    for row in 0..<x.rows {
      let start = row &* x.columns
      for i in stride(from: 0, to: x.columns, by: Lanes.scalarCount) {
        let rest = x.columns &- i
        let sum = x.lanes(at: start &+ i, count: rest) + b.lanes(at: i, count: rest)
        x.store(sum, at: start &+ i, count: rest)
        y.store(value(of: sum), at: start &+ i, count: rest)
      }
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
    case .geluTanh: return x * geluGate(x)
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
    case .geluTanh:
      // The gate g is (1 + tanh u) / 2 = σ(2u), so g′ = 2 g (1 − g) u′.
      let gate = geluGate(x)
      let rise = Lanes(repeating: 1).addingProduct(x * x, Lanes(repeating: 3 * geluCubic))
      return gate.addingProduct(x * 2 * geluRate, gate * (1 - gate) * rise)
    }
  }
}

/// √(2/π) and the factor of x³ in the approximation of GELU by tanh.
private let geluRate: Float = 0.797_884_56
private let geluCubic: Float = 0.044_715

/// `(1 + tanh(√(2/π) · (x + 0.044715 x³))) / 2`.
@_transparent
private func geluGate(_ x: Lanes) -> Lanes {
  let inner = x.addingProduct(x * x * x, Lanes(repeating: geluCubic)) * geluRate
  let (numerator, denominator) = tanhFraction(inner)
  return Lanes(repeating: 0.5).addingProduct(numerator / denominator, Lanes(repeating: 0.5))
}
