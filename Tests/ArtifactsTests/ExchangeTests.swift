import Artifacts
import Diagnostics
import Digests
import Files
import Fixtures
import Foundation
import Testing

struct ExchangeTests {
  private let folder: TemporaryFolder
  /// The store that has the work.
  private let other: ArtifactStore

  init() throws {
    folder = try TemporaryFolder()
    other = ArtifactStore(root: folder.path("other"), isDurable: false)
  }

  @Test func `work that is copied has its outputs and the same record`() throws {
    let record = try work("a", outputs: ["one", "two"], in: other)
    let store = self.store()
    #expect(try store.copy(record.key, from: other))
    #expect(try store.work(for: record.key)?.record == record)
    for output in record.outputs { #expect(try store.isIntact(output.digest)) }
    #expect(store.copiedWork.keys == [record.key])
    #expect(store.copiedWork.objectCount == 2 && store.copiedWork.byteCount == 6)
    #expect(try store.copy(record.key, from: other))
    #expect(store.copiedWork.objectCount == 2, "what is there is not copied again")
  }

  @Test func `work whose output is lost or damaged elsewhere is not copied`() throws {
    let lost = try work("a", outputs: ["one", "two"], in: other)
    let damaged = try work("b", outputs: ["three"], in: other)
    try FileManager.default.removeItem(atPath: path(lost.outputs[1].digest))
    try overwrite(damaged.outputs[0].digest, "throw")
    let store = self.store()
    #expect(try !store.copy(lost.key, from: other))
    #expect(try !store.copy(damaged.key, from: other))
    #expect(try store.recordKeys().isEmpty)
    #expect(store.takeNotices().map(\.message.problem).contains { $0.contains("is damaged") })
    // The other store is only read: it keeps what it has.
    #expect(FileManager.default.fileExists(atPath: path(damaged.outputs[0].digest)))
  }

  @Test func `an output that was evicted elsewhere counts as evicted here`() throws {
    let record = try work("a", outputs: ["one", "two"], in: other)
    try other.evict([record.outputs[0].digest])
    let store = self.store()
    #expect(try store.copy(record.key, from: other))
    #expect(try store.work(for: record.key)?.evicted == ["0"])
    // The bytes come when the other store has them again.
    _ = try work("a", outputs: ["one", "two"], in: other)
    #expect(try store.copy(record.key, from: other))
    #expect(try store.work(for: record.key)?.evicted == [])
  }

  @Test func `a look-up that finds nothing asks the cache`() throws {
    let record = try work("a", outputs: ["one"], in: other)
    let store = ArtifactStore(root: folder.path("store"), isDurable: false, cache: other)
    #expect(try store.work(for: record.key)?.record == record)
    #expect(try store.work(for: BLAKE3.digest(of: "unknown")) == nil)
    #expect(try self.store().work(for: record.key)?.record == record, "it stays without the cache")
  }

  @Test func `a cache that cannot be read is done without`() throws {
    try Data().write(to: URL(fileURLWithPath: folder.path("file")))
    let cache = ArtifactStore(root: folder.path("file"))
    let store = ArtifactStore(root: folder.path("store"), isDurable: false, cache: cache)
    #expect(try store.work(for: BLAKE3.digest(of: "unknown")) == nil)
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give a file to another user"))
  func `with a trust key, a record of another user is used only if it bears its seal`() throws {
    let key = TrustKey("what only we know")
    let open = try work("open", outputs: ["one"], in: other)
    let sealing = ArtifactStore(root: other.root, isDurable: false, trust: key)
    let sealed = try work("sealed", outputs: ["two"], in: sealing)
    let foreign = ArtifactStore(root: other.root, isDurable: false, trust: TrustKey("another"))
    let poisoned = try work("poisoned", outputs: ["three"], in: foreign)
    for record in [open, sealed, poisoned] {
      #expect(unsafe chown(recordPath(record.key), 4_321, 4_321) == 0)
    }
    let store = ArtifactStore(
      root: folder.path("store"), isDurable: false, trust: key, cache: other)
    #expect(try store.work(for: sealed.key) != nil)
    #expect(try store.work(for: open.key) == nil)
    #expect(try store.work(for: poisoned.key) == nil)
    #expect(store.takeNotices().count == 2)
    // In a store that two users share, the work is done again and its record takes the other's place.
    #expect(try sealing.work(for: poisoned.key) == nil)
    _ = try work("poisoned", outputs: ["right"], in: sealing)
    #expect(try sealing.work(for: poisoned.key)?.record.outputs.first?.byteCount == 5)
  }

  @Test func `a seal is of every byte of the record`() throws {
    let key = TrustKey("what only we know")
    let store = ArtifactStore(root: folder.path("store"), isDurable: false, trust: key)
    let record = try work("a", outputs: ["one"], in: store)
    let text = String(
      decoding: try #require(
        FileManager.default.contents(atPath: "\(store.root)/keys/\(name(record.key))")),
      as: UTF8.self)
    #expect(text.contains("\nseal\t"))
    #expect(try ArtifactStore(root: store.root).work(for: record.key) != nil, "a seal needs no key")
  }

  private func store() -> ArtifactStore {
    ArtifactStore(root: folder.path("store"), isDurable: false)
  }

  private func work(
    _ key: String, outputs: [String], in store: ArtifactStore
  ) throws -> Record {
    var recorded: [RecordedOutput] = []
    for (place, text) in outputs.enumerated() {
      var draft = try store.makeDraft()
      try draft.write(text)
      let object = try draft.commit()
      recorded.append(
        RecordedOutput(
          port: "\(place)", type: "text", digest: object.digest, byteCount: object.byteCount))
    }
    return try store.commit(Record(keyText: key, outputs: recorded))
  }

  private func name(_ digest: Digest) -> String {
    "\(digest.description.prefix(2))/\(digest.description.dropFirst(2))"
  }

  private func path(_ digest: Digest) -> String { "\(other.root)/objects/\(name(digest))" }

  private func recordPath(_ key: Digest) -> String { "\(other.root)/keys/\(name(key))" }

  private func overwrite(_ digest: Digest, _ text: String) throws {
    try FileManager.default.removeItem(atPath: path(digest))
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(digest)))
  }
}
