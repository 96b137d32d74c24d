import Artifacts
import Diagnostics
import Digests
import Files
import Fixtures
import Foundation
import Synchronization
import Testing

/// What one process uses, another does not remove.
///
/// Two stores on one folder stand for two processes.
struct StoreHoldTests {
  private let folder: TemporaryFolder
  private let store: ArtifactStore
  private let other: ArtifactStore

  init() throws {
    folder = try TemporaryFolder()
    store = ArtifactStore(root: folder.path("store"), isDurable: false)
    other = ArtifactStore(root: folder.path("store"), isDurable: false)
  }

  @Test func `what a process looked up is in use until it lets go`() throws {
    let record = try store.finish("train", ["model": "weights"])
    let model = try #require(record.output("model")).digest
    var hold: StoreHold? = try store.hold()
    #expect(try hold != nil && other.use().digests.isEmpty)
    #expect(try store.record(for: record.key) == record)
    #expect(try other.use().digests == [record.key])
    #expect(try other.clear().usedObjects() == [record.key, model])
    #expect(try other.evict([model]) == 0 && other.isIntact(model))
    hold = nil
    #expect(try other.evict([model]) == 7)
  }

  @Test func `what a process is making is in use before it is recorded`() throws {
    let hold = try store.hold()
    try other.finish("old", ["text": "the same bytes"])
    var draft = try store.makeDraft()
    try draft.write("the same bytes")
    let object = try draft.commit()
    #expect(try other.use().digests == [object.digest])
    #expect(try other.evict([object.digest]) == 0)
    withExtendedLifetime(hold) {}
  }

  @Test func `a process may evict what it uses itself`() throws {
    let hold = try store.hold()
    let record = try store.finish("train", ["model": "weights"])
    #expect(try store.evict(record.outputs.map(\.digest)) == 7)
    withExtendedLifetime(hold) {}
  }

  @Test func `parts of one process share a hold, and look-ups may be nested`() throws {
    let record = try store.finish("train", ["model": "weights"])
    let holds = [try store.hold(), try store.hold()]
    #expect(holds[0] === holds[1])
    #expect(try uses().count == 1)
    let found = try store.lookingUp { () throws(Diagnostic) in
      try store.lookingUp { () throws(Diagnostic) in try store.record(for: record.key) }
    }
    #expect(try found == record && other.use().digests == [record.key])
    withExtendedLifetime(holds) {}
  }

  @Test func `what look-ups within one find is noted by one write, before it ends`() throws {
    let records = try ["one", "two", "three"].map { try store.finish($0, ["text": $0]) }
    let files = CountedWrites()
    let counting = ArtifactStore(root: store.root, isDurable: false, files: files)
    let hold = try counting.hold()
    let before = files.count
    try counting.lookingUp { () throws(Diagnostic) in
      for record in records { _ = try counting.record(for: record.key) }
    }
    #expect(files.count == before + 1)
    #expect(try other.use().digests == Set(records.map(\.key)))
    withExtendedLifetime(hold) {}
  }

  @Test func `a process that died uses nothing, and its file goes`() throws {
    let record = try store.finish("train", ["model": "weights"])
    try folder.write("store/uses/1.1", "\(record.key)\n")
    #expect(try other.use().digests.isEmpty)
    #expect(try uses() == ["1.1"])
    _ = try other.clear()
    #expect(try uses().isEmpty)
  }

  @Test func `of many who look up and make while others evict, none sees a thing vanish`() throws {
    let names = (0..<12).map { "work \($0)" }
    for name in names { try store.finish(name, ["text": name]) }
    let root = store.root
    EvictionContest.run(over: names.map { ($0, $0) }, workers: 6, rounds: 60) { _ in
      ArtifactStore(root: root, isDurable: false)
    } lookingUpBy: {
      try? $0.work(for: $1)
    }
    #expect(store.verifyAll().isSound)
  }

  private func uses() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(store.root)/uses")
  }
}

/// Files of which the writes are counted.
private final class CountedWrites: FileSystem {
  private let counted = Atomic(0)
  var now: Int64 { Clock.nanoseconds() }
  var count: Int { counted.load(ordering: .relaxed) }

  func perform(_ call: FileCall, _ make: () -> Int) -> Int {
    if case .write = call { counted.add(1, ordering: .relaxed) }
    return make()
  }
}
