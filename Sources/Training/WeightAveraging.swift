import Tensors

/// Which epochs' weights make up a training's result, as their mean.
///
/// Every parameter is averaged by itself, a normalised weight's direction and gain too, as fairseq's
/// `average_checkpoints.py` does.
package struct WeightAveraging: Hashable, Sendable {
  package enum Choice: String, CaseIterable, Hashable, Sendable {
    /// The last epochs.
    case last
    /// The epochs with the best scores, of equals the first.
    case best
  }

  package var choice: Choice
  /// The most epochs that are averaged, and whose weights are held until then.
  package var count: Int

  package init(_ choice: Choice, of count: Int) {
    precondition(count > 0, "the mean of \(count) epochs")
    self.choice = choice
    self.count = count
  }

  /// The epochs, counted from 1, whose weights are to be held after these records, in their order.
  package func epochs(in records: [EpochRecord], by monitor: Monitor) -> [Int] {
    switch choice {
    case .last:
      return records.suffix(count).map(\.epoch)
    case .best:
      let ranked = records.sorted { a, b in
        let (x, y) = (monitor.rank(of: a), monitor.rank(of: b))
        return x == y ? a.epoch < b.epoch : x < y
      }
      return ranked.prefix(count).map(\.epoch).sorted()
    }
  }
}

/// The weights after an epoch that may be part of the result.
package struct KeptWeights {
  /// Counted from 1.
  package let epoch: Int
  package let weights: ParameterBuffer
}

extension [KeptWeights] {
  /// Holds the weights of these epochs and no others; only the last of them can be new.
  mutating func keep(_ epochs: [Int], current: ParameterBuffer) {
    let dropped = first { !epochs.contains($0.epoch) }
    removeAll { !epochs.contains($0.epoch) }
    guard let last = epochs.last, self.last.map({ $0.epoch < last }) ?? true else { return }
    let weights = dropped?.weights ?? ParameterBuffer(current.layout)
    weights.flat.copy(from: current.flat)
    append(KeptWeights(epoch: last, weights: weights))
  }

  /// The mean of every parameter; nil of none.
  var mean: ParameterBuffer? {
    guard let first else { return nil }
    let mean = ParameterBuffer(first.weights.layout)
    let share = 1 / Float(count)
    for kept in self { scale(kept.weights.flat, by: share, into: mean.flat, adding: true) }
    return mean
  }
}
