import Synchronization
import Tensors

/// The weights of recurrent cells as the products of a step read them, laid out once for its shards.
///
/// The first shard that needs those of a direction lays them out, and others wait for it. Its sending
/// is unchecked: the mutex is held wherever something is laid out or forgotten.
package final class StepWeights: @unchecked Sendable {
  private let mutex = Mutex(())
  private let arena = Arena()
  private var forward: [RecurrentDirection: RecurrentWeights] = [:]
  private var backward: [RecurrentDirection: RecurrentGradientWeights] = [:]

  package init() {}

  /// Forgets those of the last step, which nobody may use any more.
  package func reset() {
    mutex.withLock { _ in
      forward.removeAll(keepingCapacity: true)
      backward.removeAll(keepingCapacity: true)
      arena.reset()
    }
  }

  /// Those of the forward pass.
  func weights(
    of direction: RecurrentDirection, _ make: (Arena) -> RecurrentWeights
  ) -> RecurrentWeights {
    mutex.withLock { _ in
      if let weights = forward[direction] { return weights }
      let weights = make(arena)
      forward[direction] = weights
      return weights
    }
  }

  /// Those of the backward pass.
  func gradientWeights(
    of direction: RecurrentDirection, _ make: (Arena) -> RecurrentGradientWeights
  ) -> RecurrentGradientWeights {
    mutex.withLock { _ in
      if let weights = backward[direction] { return weights }
      let weights = make(arena)
      backward[direction] = weights
      return weights
    }
  }
}
