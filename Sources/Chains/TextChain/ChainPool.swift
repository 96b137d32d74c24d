import Synchronization

/// Copies of a model's chain that are not in use, so that each core soon has one with its caches.
package final class ChainPool: Sendable {
  private let chain: ChainEncoder
  private let free = Mutex<[ChainEncoder]>([])

  package init(_ chain: ChainEncoder) { self.chain = chain }

  package func withChain<Result>(_ body: (inout ChainEncoder) -> Result) -> Result {
    var taken = free.withLock { $0.popLast() } ?? chain
    defer { free.withLock { $0.append(taken) } }
    return body(&taken)
  }
}
