import Tensors

/// How a training ended.
package enum FitResult: ~Copyable {
  /// All was done that is to be done; `reason` says why there is no further epoch.
  case finished(TrainingState, reason: EndReason)
  /// It was asked to stop and did, with a checkpoint if it had a place for one; nil before its
  /// first weights were drawn.
  case stopped(TrainingState?)

  package enum EndReason: Hashable, Sendable {
    /// All epochs asked for were run.
    case epochs
    /// No epoch was better than the best one for as many as the monitor waits.
    case patience
    /// The learning rate fell to its minimum.
    case rate
  }
}

extension TrainingState {
  /// The weights to use: the mean of the epochs held for it, or else those after the best epoch.
  package var finalWeights: ParameterBuffer { kept.mean ?? best ?? weights }
}
