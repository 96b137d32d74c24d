import Tensors

/// An update rule with what it keeps from step to step.
///
/// It cannot be copied, because a copy would share the buffers, which each step changes.
package struct Optimizer: ~Copyable {
  package let rule: any UpdateRule
  /// How many steps were taken.
  package private(set) var steps: Int
  /// The rate of the last step.
  package private(set) var previousRate: Double
  /// The rule's buffers, in the order of its names; they are changed in place.
  package let moments: [ParameterBuffer]

  /// At the start: no step taken, all moments zero.
  package init(_ rule: any UpdateRule, layout: ParameterLayout) {
    let moments = rule.moments.map { _ in ParameterBuffer(layout) }
    self.init(rule, steps: 0, previousRate: 0, moments: moments)
  }

  /// As it was after a number of steps.
  package init(_ rule: any UpdateRule, steps: Int, previousRate: Double, moments: [ParameterBuffer])
  {
    precondition(
      moments.count == rule.moments.count, "\(moments.count) buffers for \(rule.moments)")
    self.rule = rule
    self.steps = steps
    self.previousRate = previousRate
    self.moments = moments
  }

  /// Moves the weights one step along the gradient times `gradientScale`.
  ///
  /// - Parameter groups: what is moved, and how; everything at `rate` unless given.
  package mutating func step(
    _ weights: ParameterBuffer, along gradient: ParameterBuffer, rate: Double,
    gradientScale: Float = 1, groups: ParameterGroups? = nil, cores: Int
  ) {
    precondition(weights.layout == gradient.layout, "weights and gradient of different layouts")
    let moves = (groups ?? ParameterGroups(all: weights.layout)).groups.map { group in
      let number = steps + 1 - group.stepsBefore
      let previous = number == 1 ? rate : previousRate
      let step = UpdateStep(
        number: number, rate: rate * group.pace.factor, previousRate: previous * group.pace.factor,
        gradientScale: gradientScale, decays: group.pace.decays)
      return (places: group.places, step: step)
    }
    let (rule, moments) = (rule, moments)
    forEachChunk(of: weights.layout.count, cores: cores) { range in
      for move in moves where move.places.overlaps(range) {
        rule.update(
          weights, along: gradient, moments: moments, in: move.places.clamped(to: range),
          at: move.step)
      }
    }
    steps += 1
    previousRate = rate
  }
}
