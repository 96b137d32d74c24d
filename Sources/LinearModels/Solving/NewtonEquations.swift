/// The equations that a step of Newton's method solves: second derivative · step = −gradient.
struct NewtonEquations<Space: SolverSpace> {
  /// How short the remainder must become beside the gradient; a smaller share costs more than the
  /// better step saves.
  private static var tolerance: Double { 0.1 }
  private static var maximumIterations: Int { 500 }

  let space: Space
  let loss: ClassLoss
  let cores: Int

  /// Solves them by conjugate gradients, as far as is worth it.
  ///
  /// - Parameter residual: the derivative of the loss by the outputs, where the gradient is.
  /// - Returns: the step, and what it changes of the outputs.
  func solve(
    _ gradient: Vector, _ residual: Vector, gradientNorm: Double
  ) -> (step: Vector, slopes: Vector) {
    let (step, slopes) = (Vector(count: space.count), Vector(count: residual.count))
    let (remainder, direction) = (Vector(count: space.count), Vector(count: space.count))
    remainder.combine(0, gradient, -1, cores: cores)
    direction.copy(remainder, cores: cores)
    let (change, bent) = (Vector(count: residual.count), Vector(count: residual.count))
    let product = Vector(count: space.count)
    var square = gradientNorm * gradientNorm
    let goal = square * Self.tolerance * Self.tolerance
    for _ in 0..<Self.maximumIterations where square > goal {
      space.outputs(of: direction, into: change, cores: cores)
      loss.curvature(of: residual, along: change, into: bent, cores: cores)
      space.gradient(bent, at: direction, ridge: 1, into: product, cores: cores)
      let curvature = space.product(direction, product, cores: cores)
      guard curvature > 0 else { break }
      let length = square / curvature
      step.add(direction, times: length, cores: cores)
      slopes.add(change, times: length, cores: cores)
      remainder.add(product, times: -length, cores: cores)
      let old = square
      square = max(0, space.product(remainder, remainder, cores: cores))
      direction.combine(square / old, remainder, 1, cores: cores)
    }
    return (step, slopes)
  }
}
