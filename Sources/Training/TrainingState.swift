import Layers
import Tensors

/// A training between two steps: everything the next step depends on, and what to report later.
///
/// Random numbers need no state: each step's follow from the seed and the step's place. Steps change
/// the buffers in place, so a state cannot be copied: whoever trains it owns it.
package struct TrainingState: ~Copyable {
  /// The weights as they are now.
  package let weights: ParameterBuffer
  /// The weights after the best epoch so far; nil before the first epoch's end and when epochs are
  /// averaged.
  package internal(set) var best: ParameterBuffer?
  /// The weights of the epochs that are to be averaged, in their order.
  package internal(set) var kept: [KeptWeights]
  package internal(set) var optimizer: Optimizer
  /// The epochs that ended.
  package internal(set) var history: History
  /// How many batches of the epoch under way are done.
  package internal(set) var batch: Int
  /// What the epoch under way has summed up.
  package internal(set) var sums: EpochSums

  /// Before the first step.
  package init(weights: ParameterBuffer, rule: any UpdateRule) {
    self.init(
      weights: weights, best: nil, kept: [], optimizer: Optimizer(rule, layout: weights.layout),
      history: History(), batch: 0, sums: EpochSums())
  }

  package init(
    weights: ParameterBuffer, best: ParameterBuffer?, kept: [KeptWeights],
    optimizer: consuming Optimizer, history: History, batch: Int, sums: EpochSums
  ) {
    self.weights = weights
    self.best = best
    self.kept = kept
    self.optimizer = optimizer
    self.history = history
    self.batch = batch
    self.sums = sums
  }

  /// The epoch under way, counted from 0: the number of epochs that ended.
  package var epoch: Int { history.epochs.count }

  /// Whether it lies on the way of a training of so many epochs: none of its steps is beyond them.
  func isWithin(epochs: Int) -> Bool { epoch < epochs || (epoch == epochs && batch == 0) }
}

/// What an epoch under way has summed up over its steps.
package struct EpochSums: Hashable, Sendable {
  package var loss = Loss()
  /// The sum of the gradient norms before clipping.
  package var gradientNorm = 0.0
  /// The rate of the last step.
  package var rate = 0.0
  package var steps = 0
  package var rows = 0
  package var tokens = 0

  package init() {}

  mutating func add(loss: Loss, norm: Double, rate: Double, rows: Int, tokens: Int) {
    self.loss += loss
    gradientNorm += norm
    self.rate = rate
    self.rows += rows
    self.tokens += tokens
    steps += 1
  }
}
