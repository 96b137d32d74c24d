import Artifacts
import Digests
import Dispatch
import Testing

/// Workers that look work up and make it, while others evict what it gave.
enum EvictionContest {
  /// - Parameters:
  ///   - made: the kinds of the work, which has been done once, and the text that each gives.
  ///   - store: what a worker uses.
  ///   - work: how finished work is looked up.
  static func run(
    over made: [(kind: String, text: String)], workers: Int, rounds: Int,
    in store: @Sendable (Int) -> ArtifactStore,
    lookingUpBy work: @Sendable (ArtifactStore, Digest) -> FinishedWork?
  ) {
    let keys = made.map { BLAKE3.digest(of: "kind \($0.kind) 1\n") }
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      let mine = store(worker)
      for round in 0..<rounds {
        let place = (worker * 7 + round * 5) % keys.count
        let key = keys[place]
        if worker % 2 == 0 {
          let objects = (try? mine.storedRecord(key))?.outputs.map(\.digest) ?? []
          #expect(throws: Never.self) { try mine.evict(objects) }
          continue
        }
        guard let hold = try? mine.hold() else {
          Issue.record("no hold")
          return
        }
        if let work = work(mine, key), work.evicted.isEmpty {
          #expect(work.record.outputs.allSatisfy { (try? mine.isIntact($0.digest)) == true })
        } else {
          let record = try? mine.finish(made[place].kind, ["text": made[place].text])
          #expect(record?.outputs.allSatisfy { (try? mine.isIntact($0.digest)) == true } == true)
        }
        withExtendedLifetime(hold) {}
      }
    }
  }
}
