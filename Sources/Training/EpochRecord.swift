/// What one epoch of training gave; nothing in it depends on the clock.
package struct EpochRecord: Hashable, Sendable {
  /// Counted from 1.
  package var epoch: Int
  /// The mean training loss, as the model weighs it, over the epoch.
  package var loss: Double
  /// The scores on the validation rows by name; empty without validation.
  package var scores: [String: Double]
  /// The learning rate of the epoch's last step.
  package var rate: Double
  /// The mean of the gradient's norm before clipping.
  package var gradientNorm: Double
  package var steps: Int
  package var rows: Int
  package var tokens: Int

  package init(
    epoch: Int, loss: Double, scores: [String: Double], rate: Double, gradientNorm: Double,
    steps: Int, rows: Int, tokens: Int
  ) {
    self.epoch = epoch
    self.loss = loss
    self.scores = scores
    self.rate = rate
    self.gradientNorm = gradientNorm
    self.steps = steps
    self.rows = rows
    self.tokens = tokens
  }
}
