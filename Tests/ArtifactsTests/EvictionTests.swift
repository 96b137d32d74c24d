import Artifacts
import Diagnostics
import Digests
import Files
import Fixtures
import Foundation
import LyingDisks
import Testing

struct EvictionTests {
  private let folder: TemporaryFolder
  private let store: ArtifactStore

  init() throws {
    folder = try TemporaryFolder()
    store = ArtifactStore(root: folder.path("store"), isDurable: false)
  }

  @Test func `evicted work stays done, and says what it lacks`() throws {
    let record = try store.finish("train", ["model": "weights", "history": "losses"])
    let model = try #require(record.output("model"))
    #expect(try store.evict([model.digest]) == 7)
    let work = try #require(try store.work(for: record.key))
    #expect(work.record == record && work.evicted == ["model"])
    #expect(try store.isEvicted(model.digest) && !store.isIntact(model.digest))
    #expect(store.verifyAll().isSound)
    #expect(try store.evict([model.digest]) == 0)
  }

  @Test func `an object that is lost without having been evicted is a miss`() throws {
    let record = try store.finish("train", ["model": "weights", "history": "losses"])
    try store.evict([try #require(record.output("model")).digest])
    try FileManager.default.removeItem(
      atPath: store.path(of: try #require(record.output("history")).digest))
    #expect(try store.work(for: record.key) == nil)
    #expect(store.verifyAll().problems.count == 1)
  }

  @Test func `bytes that come back are evicted no longer, and damage to them is damage`() throws {
    let record = try store.finish("train", ["model": "weights"])
    let model = try #require(record.output("model")).digest
    try store.evict([model])
    #expect(try store.finish("train", ["model": "weights"]) == record)
    #expect(try !store.isEvicted(model) && store.work(for: record.key)?.evicted == [])
    try FileManager.default.removeItem(atPath: store.path(of: model))
    #expect(try !store.isEvicted(model) && store.record(for: record.key) == nil)
  }

  @Test func `work that gives other bytes than those evicted takes the place of what it was`()
    throws
  {
    let first = try store.finish("train", ["model": "weights"])
    try store.evict(first.outputs.map(\.digest))
    let second = try store.finish("train", ["model": "other weights"])
    #expect(try second != first && store.record(for: first.key) == second)
    #expect(try store.finish("train", ["model": "third"]) == second)
  }

  @Test func `a process that ends at any step of an eviction loses nothing else`() throws {
    var step = 0
    var crashed = true
    while crashed {
      let root = folder.path("store-\(step)")
      let next = ArtifactStore(root: root, isDurable: false)
      let record = try next.finish("train", ["model": "weights", "history": "losses"])
      let process = EndingProcess(before: step)
      let dying = ArtifactStore(root: root, files: process)
      _ = try? dying.evict(record.outputs.map(\.digest))
      crashed = process.hasEnded
      let work = try #require(try next.work(for: record.key), "step \(step)")
      for output in record.outputs {
        #expect(
          try next.isIntact(output.digest) != work.evicted.contains(output.port), "step \(step)")
      }
      #expect(next.verifyAll().isSound, "step \(step)")
      step += 1
    }
    print("eviction: \(step - 1) steps, each tried as the last")
    #expect(step > 4)
  }
}

extension ArtifactStore {
  /// Does a piece of work: commits texts, by port, and a record of them.
  @discardableResult
  func finish(_ kind: String, _ texts: [String: String]) throws(Diagnostic) -> Record {
    var outputs: [RecordedOutput] = []
    for (port, text) in texts.sorted(by: { $0.key < $1.key }) {
      var draft = try makeDraft()
      try draft.write(text)
      let object = try draft.commit()
      outputs.append(
        RecordedOutput(
          port: port, type: "Text", digest: object.digest, byteCount: object.byteCount))
    }
    return try commit(Record(keyText: "kind \(kind) 1\n", outputs: outputs))
  }

  /// Where an object or, in `keys`, a record lies.
  func path(of digest: Digest, in kind: String = "objects") -> String {
    "\(root)/\(kind)/\(digest.description.prefix(2))/\(digest.description.dropFirst(2))"
  }
}
