/// The epochs of a training, oldest first.
package struct History: Hashable, Sendable {
  package internal(set) var epochs: [EpochRecord]

  package init(epochs: [EpochRecord] = []) { self.epochs = epochs }

  /// What a schedule watches: the validation loss of each epoch, or without one the training loss.
  package var watchedLosses: [Double] { epochs.map { $0.scores["loss"] ?? $0.loss } }
}
