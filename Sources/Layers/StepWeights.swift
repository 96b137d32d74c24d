import Synchronization
import Tensors

/// The weights of a step as its products read them, laid out once for all its shards.
///
/// The first shard that needs some lays them out, and others wait for it. Its sending is unchecked: the
/// mutex is held wherever something is laid out or forgotten.
package final class StepWeights: @unchecked Sendable {
  private let mutex = Mutex(())
  private let arena = Arena()
  private var forward: [RecurrentDirection: RecurrentWeights] = [:]
  private var backward: [RecurrentDirection: RecurrentGradientWeights] = [:]
  private var banks: [[WindowFilters]: FilterBank] = [:]

  package init() {}

  /// Forgets those of the last step, which nobody may use any more.
  package func reset() {
    mutex.withLock { _ in
      forward.removeAll(keepingCapacity: true)
      backward.removeAll(keepingCapacity: true)
      banks.removeAll(keepingCapacity: true)
      arena.reset()
    }
  }

  /// Those of the forward pass of recurrent cells.
  func weights(
    of direction: RecurrentDirection, _ make: (Arena) -> RecurrentWeights
  ) -> RecurrentWeights {
    find(direction, in: \.forward, make)
  }

  /// Those of their backward pass.
  func gradientWeights(
    of direction: RecurrentDirection, _ make: (Arena) -> RecurrentGradientWeights
  ) -> RecurrentGradientWeights {
    find(direction, in: \.backward, make)
  }

  /// Those of filters.
  func bank(of filters: [WindowFilters], _ make: (Arena) -> FilterBank) -> FilterBank {
    find(filters, in: \.banks, make)
  }

  private func find<Key: Hashable, Weights: Sendable>(
    _ key: Key, in made: ReferenceWritableKeyPath<StepWeights, [Key: Weights]>,
    _ make: (Arena) -> Weights
  ) -> Weights {
    mutex.withLock { _ in
      if let weights = self[keyPath: made][key] { return weights }
      let weights = make(arena)
      self[keyPath: made][key] = weights
      return weights
    }
  }
}
