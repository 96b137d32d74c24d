import Metrics

/// Which epoch is the best one, and when to stop waiting for a better one.
///
/// It keeps no state: everything follows from the records of the epochs so far.
package struct Monitor: Hashable, Sendable {
  /// The validation score that decides, `loss` for instance; without validation, the training loss.
  package var score: String
  /// How many epochs without a better score end the training; nil: none do.
  package var patience: Int?
  /// How much better a score must be to count as better.
  package var minimumChange: Double

  package init(score: String = "loss", patience: Int? = nil, minimumChange: Double = 0) {
    precondition(minimumChange >= 0, "a minimum change of \(minimumChange)")
    self.score = score
    self.patience = patience
    self.minimumChange = minimumChange
  }

  /// Whether the smaller of two scores is the better one, as the list of metrics has it.
  package var prefersSmaller: Bool { Metric.named(score)?.direction == .lower }

  /// The best epoch's place in the records, of equals the first; nil when there are no records.
  package func best(in records: [EpochRecord]) -> Int? { walk(records)?.best }

  /// Whether the last `patience` epochs were all no better than the best one before them.
  package func isOutOfPatience(_ records: [EpochRecord]) -> Bool {
    guard let patience, let best = best(in: records) else { return false }
    return records.count - 1 - best >= max(1, patience)
  }

  /// The value that decides for an epoch, or nil when its scores do not have it.
  package func value(of record: EpochRecord) -> Double? {
    record.scores.isEmpty && score == "loss" ? record.loss : record.scores[score]
  }

  /// A number that is the smaller the better an epoch's score is; largest without a score.
  func rank(of record: EpochRecord) -> Double {
    guard let value = value(of: record), !value.isNaN else { return .infinity }
    return prefersSmaller ? value : -value
  }

  private func walk(_ records: [EpochRecord]) -> (best: Int, value: Double)? {
    var found: (best: Int, value: Double)?
    for (index, record) in records.enumerated() {
      guard let value = value(of: record), !value.isNaN else { continue }
      let gain = (found?.value ?? value) - value
      let isBetter = (prefersSmaller ? gain : -gain) > minimumChange
      if found == nil || isBetter { found = (index, value) }
    }
    return found
  }
}
