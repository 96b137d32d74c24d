import Diagnostics
import Reports

/// What losses show of a training that has not learned.
package enum LossTrouble: Hashable {
  /// It ended worse than guessing by how often each answer comes.
  case aboveChance(loss: Double, chance: Double)
  /// It fell and then rose again.
  case rose(from: Double, atEpoch: Int, to: Double)

  /// So many times the loss of chance is far above it.
  private static let farAbove = 1.5
  /// A rise by this share of the least loss, and of the loss of chance, is no accident.
  private static let (rise, riseOfChance) = (0.2, 0.05)

  /// - Parameters:
  ///   - losses: of each epoch.
  ///   - chance: the loss of giving each answer the same probability.
  /// - Returns: nil when they show nothing wrong.
  package init?(in losses: [Double], chance: Double) {
    guard let last = losses.last, let least = losses.min(),
      let epoch = losses.firstIndex(of: least)
    else { return nil }
    if last > Self.farAbove * chance {
      self = .aboveChance(loss: last, chance: chance)
    } else if last - least > max(Self.rise * least, Self.riseOfChance * chance) {
      self = .rose(from: least, atEpoch: epoch + 1, to: last)
    } else {
      return nil
    }
  }

  var message: Diagnostic.Message {
    func spelled(_ loss: Double) -> String { Spelling.score(loss, of: "loss") }
    let remedy = "lower learning-rate, or set clip-norm"
    switch self {
    case .aboveChance(let loss, let chance):
      return Diagnostic.Message(
        "the training loss ended at \(spelled(loss)), far above the \(spelled(chance)) of guessing",
        remedy: remedy)
    case .rose(let least, let epoch, let last):
      return Diagnostic.Message(
        "the training loss rose from \(spelled(least)) in epoch \(epoch) to \(spelled(last))",
        remedy: remedy)
    }
  }
}
