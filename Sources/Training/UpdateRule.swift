import Tensors

/// One way of moving weights along a gradient: an optimiser's formula, without its memory.
///
/// Every number is computed from the numbers at its own place, so any cut into ranges gives the
/// same result.
package protocol UpdateRule: Sendable {
  /// The names of the buffers it keeps from step to step.
  var moments: [String] { get }

  /// Updates the weights in one range of places; `moments` are in the order of their names.
  func update(
    _ weights: ParameterBuffer, along gradient: ParameterBuffer, moments: [ParameterBuffer],
    in range: Range<Int>, at step: UpdateStep)
}

/// What one step of an optimiser needs to know besides its buffers.
package struct UpdateStep: Hashable, Sendable {
  /// Counted from 1, the first one that moved these weights.
  package let number: Int
  package let rate: Double
  /// The rate of the step before; this one's at the first step.
  package let previousRate: Double
  /// What the gradient is to be multiplied by: the clipping coefficient.
  package let gradientScale: Float
  /// Whether the weight decay shrinks these weights.
  package let decays: Bool

  package init(
    number: Int, rate: Double, previousRate: Double, gradientScale: Float = 1, decays: Bool = true
  ) {
    self.number = number
    self.rate = rate
    self.previousRate = previousRate
    self.gradientScale = gradientScale
    self.decays = decays
  }
}
