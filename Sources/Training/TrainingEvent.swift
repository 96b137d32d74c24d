/// What a training tells whoever watches it.
package enum TrainingEvent: Sendable {
  /// A checkpoint was found: training goes on in this epoch (from 1) after so many of its batches.
  case resumed(epoch: Int, batch: Int)
  /// Something a person should know that stops nothing.
  case notice(String)
  case step(TrainingProgress)
  /// An epoch ended; `isBest` when no epoch before it was better.
  case epoch(EpochRecord, isBest: Bool, EpochPace)
}

/// What was done of an epoch since it began or was resumed, and how long that took.
package struct EpochPace: Hashable, Sendable {
  package let seconds: Double
  package let tokens: Int

  package var tokensPerSecond: Double { Double(tokens) / max(1e-9, seconds) }
}

/// How far a training is after a step, and how fast it goes.
package struct TrainingProgress: Hashable, Sendable {
  /// Counted from 1.
  package let epoch: Int
  package let epochs: Int
  /// Batches done of the epoch, and all of them.
  package let batch: Int
  package let batches: Int
  /// Steps since the very start.
  package let step: Int
  /// The mean loss of the epoch so far.
  package let loss: Double
  package let gradientNorm: Double
  package let rate: Double
  package let rowsPerSecond: Double
  package let tokensPerSecond: Double
  /// Until the last epoch ends, going on at this speed.
  package let secondsLeft: Double

  /// The share of all epochs that is done, 0 … 1.
  package var fraction: Double {
    (Double(epoch - 1) + Double(batch) / Double(max(1, batches))) / Double(max(1, epochs))
  }
}
