/// Minimises loss + |weights|₁, the biases free, by orthant-wise limited-memory quasi-Newton steps.
///
/// Andrew and Gao, Scalable Training of L1-Regularized Log-Linear Models (2007): within one orthant
/// the penalty is linear, so steps are taken as without it and end where a weight would change its
/// sign.
struct LassoSolver {
  private static let historyLength = 10

  let space: WeightSpace
  let loss: ClassLoss
  let cores: Int

  /// - Returns: nil when it was stopped.
  func solve(_ limits: SolverLimits) -> Solution? {
    var point = Vector(count: space.count)
    var gradient = Vector(count: space.count)
    let residual = Vector(count: space.rowCount * space.width)
    var history = CurvatureHistory(length: Self.historyLength, product: space.product, cores: cores)
    var objective = value(at: point, residual)
    space.gradient(residual, at: point, ridge: 0, into: gradient, cores: cores)
    var steepest = leastSubgradient(gradient, at: point)
    let firstNorm = norm(steepest)
    var (gradientNorm, iteration) = (firstNorm, 0)
    while gradientNorm > limits.tolerance * firstNorm, iteration < limits.maximumIterations {
      let direction = history.direction(steepest)
      keepFalling(direction, along: steepest)
      let first = history.isEmpty ? 1 / gradientNorm : 1
      guard
        let next = search(direction, from: first, point, steepest, objective, residual)
      else {
        if history.isEmpty { break }
        history.forget()
        continue
      }
      let change = Vector(count: space.count)
      space.gradient(residual, at: next.point, ridge: 0, into: change, cores: cores)
      let old = gradient
      gradient = Vector(count: space.count)
      gradient.copy(change, cores: cores)
      change.add(old, times: -1, cores: cores)
      let step = Vector(count: space.count)
      step.copy(next.point, cores: cores)
      step.add(point, times: -1, cores: cores)
      history.append(step: step, change: change)
      (point, objective) = next
      steepest = leastSubgradient(gradient, at: point)
      gradientNorm = norm(steepest)
      iteration += 1
      if !limits.goesOn(iteration, objective, gradientNorm) { return nil }
    }
    return Solution(
      point: point, objective: objective, gradientNorm: gradientNorm, iterationCount: iteration,
      isConverged: gradientNorm <= limits.tolerance * firstNorm)
  }

  private func norm(_ vector: Vector) -> Double {
    space.product(vector, vector, cores: cores).squareRoot()
  }

  /// The penalised loss at a point; the loss's derivative by the outputs is left in `residual`.
  private func value(at point: Vector, _ residual: Vector) -> Double {
    let outputs = Vector(count: residual.count)
    space.outputs(of: point, into: outputs, cores: cores)
    let value = loss.evaluate(
      outputs, along: outputs, by: 0, residual: residual, cores: cores
    ).value
    return value + point.sumOfSizes(over: 0..<space.biasStart, cores: cores)
  }

  /// The shortest of all subgradients of the penalised loss.
  private func leastSubgradient(_ gradient: Vector, at point: Vector) -> Vector {
    let least = Vector(count: space.count)
    Vector.forEachBlock(of: space.count, cores: cores) { places in
      for place in places {
        let (slope, weight) = (gradient[place], point[place])
        least[place] =
          if place >= space.biasStart { slope } else if weight > 0 { slope + 1 } else if weight < 0
          { slope - 1 } else if slope < -1 { slope + 1 } else if slope > 1 { slope - 1 } else { 0 }
      }
    }
    return least
  }

  /// Leaves out what of a direction goes against the steepest fall.
  private func keepFalling(_ direction: Vector, along steepest: Vector) {
    Vector.forEachBlock(of: space.count, cores: cores) { places in
      for place in places where direction[place] * steepest[place] >= 0 { direction[place] = 0 }
    }
  }

  /// Halves a step until the penalised loss falls by enough.
  ///
  /// - Returns: nil when it does not fall at all, as far as rounding shows.
  private func search(
    _ direction: Vector, from first: Double, _ point: Vector, _ steepest: Vector,
    _ objective: Double, _ residual: Vector
  ) -> (point: Vector, objective: Double)? {
    var length = first
    for _ in 0..<40 {
      let next = projected(point, direction, length, steepest)
      let value = value(at: next, residual)
      let moved = Vector(count: space.count)
      moved.copy(next, cores: cores)
      moved.add(point, times: -1, cores: cores)
      let expected = space.product(steepest, moved, cores: cores)
      if expected < 0, value <= objective + 1e-4 * expected { return (next, value) }
      length /= 2
    }
    return nil
  }

  /// A step that ends at zero for each weight that would change its sign.
  private func projected(
    _ point: Vector, _ direction: Vector, _ length: Double, _ steepest: Vector
  ) -> Vector {
    let next = Vector(count: space.count)
    Vector.forEachBlock(of: space.count, cores: cores) { places in
      for place in places {
        let value = point[place] + length * direction[place]
        let side = point[place] != 0 ? point[place] : -steepest[place]
        next[place] = place >= space.biasStart || value * side > 0 ? value : 0
      }
    }
    return next
  }
}

extension Vector {
  /// Σ |self[i]| over a range of places.
  fileprivate func sumOfSizes(over range: Range<Int>, cores: Int) -> Double {
    let size = 1 << 14
    let partial = Vector(count: (range.count + size - 1) / size)
    Self.forEachBlock(of: range.count, size: size, cores: cores) { block in
      partial[block.lowerBound / size] = block.reduce(0) {
        $0 + abs(self[range.lowerBound + $1])
      }
    }
    return partial.sum
  }
}
