/// Where a solver ended.
struct Solution {
  let point: Vector
  /// The penalised loss there.
  let objective: Double
  /// The length of the gradient there, biases included; with an L1 penalty of the least subgradient.
  let gradientNorm: Double
  let iterationCount: Int
  /// Whether the gradient is as short as was asked for.
  let isConverged: Bool
}

/// When a solver ends, and who is told on the way.
struct SolverLimits {
  /// It ends once the gradient is so short beside the first one.
  var tolerance: Double
  var maximumIterations: Int
  /// Told after each iteration; false stops the solver.
  var goesOn: (_ iteration: Int, _ objective: Double, _ gradientNorm: Double) -> Bool
}
