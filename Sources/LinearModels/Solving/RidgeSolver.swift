/// Minimises loss + ½ · |weights|², the biases free, by Newton's method.
///
/// Each step solves the equations of the second derivative by conjugate gradients, to a tenth of
/// what the gradient is (Lin, Weng and Keerthi, Trust region Newton method for large-scale logistic
/// regression, 2008). Outputs are linear in the point, so the whole line that a step may end on
/// costs no further product with the features, and it is taken to where the line is nearly flat.
struct RidgeSolver<Space: SolverSpace> {
  let space: Space
  let loss: ClassLoss
  let cores: Int

  /// - Returns: nil when it was stopped.
  func solve(_ limits: SolverLimits) -> Solution? {
    let point = Vector(count: space.count)
    let gradient = Vector(count: space.count)
    let outputs = Vector(count: space.rowCount * space.width)
    let residual = Vector(count: outputs.count)
    var objective = loss.evaluate(
      outputs, along: outputs, by: 0, residual: residual, cores: cores
    ).value
    space.gradient(residual, at: point, ridge: 1, into: gradient, cores: cores)
    let firstNorm = norm(gradient)
    var (gradientNorm, iteration) = (firstNorm, 0)
    let equations = NewtonEquations(space: space, loss: loss, cores: cores)
    while gradientNorm > limits.tolerance * firstNorm, iteration < limits.maximumIterations {
      let (step, slopes) = equations.solve(gradient, residual, gradientNorm: gradientNorm)
      let line = Line(
        startSlope: space.product(step, gradient, cores: cores),
        weightSlope: space.product.ofWeights(point, step, cores: cores),
        weightCurvature: space.product.ofWeights(step, step, cores: cores))
      // Rounding may hide what is left to gain.
      guard let (length, value) = search(line, outputs, slopes, residual) else { break }
      let half = 0.5 * space.product.ofWeights(point, point, cores: cores)
      objective =
        value + half + length * line.weightSlope
        + 0.5 * length * length * line.weightCurvature
      point.add(step, times: length, cores: cores)
      outputs.add(slopes, times: length, cores: cores)
      space.gradient(residual, at: point, ridge: 1, into: gradient, cores: cores)
      gradientNorm = norm(gradient)
      iteration += 1
      if !limits.goesOn(iteration, objective, gradientNorm) { return nil }
    }
    return Solution(
      point: point, objective: objective, gradientNorm: gradientNorm, iterationCount: iteration,
      isConverged: gradientNorm <= limits.tolerance * firstNorm)
  }

  private func norm(_ gradient: Vector) -> Double {
    max(0, space.product(gradient, gradient, cores: cores)).squareRoot()
  }

  /// What is known of the objective on the line of a step t · d without looking at a row.
  private struct Line {
    /// The derivative at its start, below 0.
    let startSlope: Double
    /// Point · d, weights alone.
    let weightSlope: Double
    /// d · d, weights alone.
    let weightCurvature: Double
  }

  /// Finds a step to where the objective, which is convex, falls by a tenth of what it did at most.
  ///
  /// - Returns: the step and the loss there, whose derivative is left in `residual`; nil when the
  ///   direction does not lead down.
  private func search(
    _ line: Line, _ outputs: Vector, _ slopes: Vector, _ residual: Vector
  ) -> (length: Double, loss: Double)? {
    guard line.startSlope < 0 else { return nil }
    var (low, lowSlope) = (0.0, line.startSlope)
    var high: (place: Double, slope: Double)?
    var place = 1.0
    for trial in 1... {
      let (value, lossSlope) = loss.evaluate(
        outputs, along: slopes, by: place, residual: residual, cores: cores)
      let slope = lossSlope + line.weightSlope + place * line.weightCurvature
      if abs(slope) <= 0.1 * -line.startSlope || trial == 30 { return (place, value) }
      if slope < 0 { (low, lowSlope) = (place, slope) } else { high = (place, slope) }
      if let high {
        // Where the chord between the two slopes is flat, not too near to either.
        let chord = low + (high.place - low) * lowSlope / (lowSlope - high.slope)
        let margin = 0.05 * (high.place - low)
        place = min(max(chord, low + margin), high.place - margin)
      } else {
        place *= 4
      }
      guard place.isFinite, place > 0 else { return nil }
    }
    return nil
  }
}
