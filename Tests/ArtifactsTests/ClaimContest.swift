import Artifacts
import Digests
import Dispatch
import Synchronization

/// Many workers that claim one key and finish, again and again.
struct ClaimContest {
  /// The most workers that held the key at one time.
  let mostHolders: Int
  /// How many claims there were.
  let claimCount: Int

  /// - Parameter store: what a worker claims the key in.
  init(
    of workers: Int, rounds: Int, for key: Digest, in store: @Sendable (Int) -> ArtifactStore
  ) {
    let holders = Atomic(0)
    let most = Atomic(0)
    let total = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      let store = store(worker)
      for _ in 0..<rounds {
        guard let claim = try? store.claim(key, holder: "\(worker)", whileHeld: { _ in true })
        else {
          continue
        }
        let now = holders.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue
        most.max(now, ordering: .sequentiallyConsistent)
        total.wrappingAdd(1, ordering: .sequentiallyConsistent)
        holders.wrappingSubtract(1, ordering: .sequentiallyConsistent)
        claim.finish()
      }
    }
    mostHolders = most.load(ordering: .sequentiallyConsistent)
    claimCount = total.load(ordering: .sequentiallyConsistent)
  }
}
