import Artifacts
import Diagnostics
import Digests
import Files
import Fixtures
import Formats
import Foundation
import Synchronization
import Testing

struct RecordTests {
  private let folder: TemporaryFolder
  private let store: ArtifactStore

  init() throws {
    folder = try TemporaryFolder()
    store = ArtifactStore(root: folder.path("store"), isDurable: false)
  }

  @Test func `a record reads back as it was committed`() throws {
    let record = try commit("kind      tokenize 2\nlanguage  en\n")
    let found = try #require(try ArtifactStore(root: store.root).record(for: record.key))
    #expect(found == record)
    #expect(found.key == BLAKE3.digest(of: "kind      tokenize 2\nlanguage  en\n"))
    #expect(found.facts == [.init("rows", 25_000), .init("dropped", ["1", "two\nlines"])])
    #expect(found.output("text")?.type == "Table")
    #expect(found.seconds == 12.84 && found.peakBytes == 412_000_000)
    #expect(found.log == BLAKE3.digest(of: "log"))
  }

  @Test(arguments: [
    "", "\n", "a\r\nb\n\nc", "no end", "tab\there\nkey\tx\nchecksum\t1\n", "é\u{2028}",
  ])
  func `any key text reads back as it is`(keyText: String) throws {
    let record = try commit(keyText)
    #expect(try store.record(for: record.key)?.keyText.utf8.elementsEqual(keyText.utf8) == true)
  }

  @Test func `no truncation and no flipped bit of a record is taken for a record`() throws {
    let record = try commit("kind test 1\n")
    let path = recordPath(record.key)
    let whole = Array(try Data(contentsOf: URL(filePath: path)))
    for (what, bytes) in EveryDamage(to: whole) {
      try? FileManager.default.removeItem(atPath: path)
      try Data(bytes).write(to: URL(filePath: path))
      #expect(try store.record(for: record.key) == nil, "\(what)")
    }
    try Data(whole).write(to: URL(filePath: path))
    #expect(try store.record(for: record.key) == record)
  }

  @Test func `a damaged record is set aside, said once, and can be made again`() throws {
    let record = try commit("kind test 1\n")
    let path = recordPath(record.key)
    try FileManager.default.removeItem(atPath: path)
    try Data("nonsense".utf8).write(to: URL(filePath: path))
    #expect(try store.record(for: record.key) == nil)
    #expect(try store.record(for: record.key) == nil)
    let notices = store.takeNotices()
    #expect(notices.count == 1)
    #expect(notices.first?.message.problem.contains("damaged") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(store.root)/corrupt").count == 1)
    #expect(try commit("kind test 1\n") == record)
    #expect(try store.record(for: record.key) == record)
  }

  @Test func `a record whose artifact is gone or of another size is a miss and is replaced`() throws
  {
    let record = try commit("kind test 1\n")
    let digest = try #require(record.outputs.first).digest.description
    let object = "\(store.root)/objects/\(digest.prefix(2))/\(digest.dropFirst(2))"
    try FileManager.default.removeItem(atPath: object)
    #expect(try store.record(for: record.key) == nil)
    try Data("short".utf8).write(to: URL(filePath: object))
    #expect(try store.record(for: record.key) == nil)
    let other = try commit("kind test 1\n", text: "another text")
    #expect(other != record)
    #expect(try store.record(for: record.key) == other)
  }

  @Test func `the first record of a key stands`() throws {
    let first = try commit("kind test 1\n", seconds: 1)
    #expect(try commit("kind test 1\n", seconds: 2) == first)
    #expect(try store.record(for: first.key)?.seconds == 1)
  }

  @Test func `of processes that commit one key at once, all get the same record`() throws {
    let records = Mutex<[Record]>([])
    DispatchQueue.concurrentPerform(iterations: 8) { index in
      let store = ArtifactStore(root: store.root, isDurable: false)
      let record = try? store.commit(
        Record(keyText: "kind test 1\n", outputs: [], host: "\(index)"))
      records.withLock { $0 += record.map { [$0] } ?? [] }
    }
    let all = records.withLock { $0 }
    #expect(all.count == 8 && Set(all).count == 1)
    #expect(try all.first == store.record(for: BLAKE3.digest(of: "kind test 1\n")))
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(store.root)/tmp").isEmpty)
  }

  @Test func `looking into an absent store makes nothing`() throws {
    let key = BLAKE3.digest(of: "x")
    #expect(try store.record(for: key) == nil)
    #expect(try !store.isIntact(key))
    #expect(try store.runs().isEmpty && store.recordKeys().isEmpty && store.verifyAll().isSound)
    store.sweepTemporaryFiles()
    store.saveStatCache()
    #expect(!FileManager.default.fileExists(atPath: store.root))
  }

  @Test func `a store of another format is left alone`() throws {
    try folder.write("store/format", "2\n")
    let error = #expect(throws: (any Error).self) { try commit("kind test 1\n") }
    #expect("\(error.map { "\($0)" } ?? "")".contains("is not format 1"))
  }

  private func recordPath(_ key: Digest) -> String {
    "\(store.root)/keys/\(key.description.prefix(2))/\(key.description.dropFirst(2))"
  }

  private func commit(
    _ keyText: String, text: String = "some text", seconds: Double = 12.84
  ) throws -> Record {
    var draft = try store.makeDraft()
    try draft.write(text)
    let object = try draft.commit()
    let output = RecordedOutput(
      port: "text", type: "Table", digest: object.digest, byteCount: object.byteCount)
    return try store.commit(
      Record(
        keyText: keyText, outputs: [output],
        facts: [.init("rows", 25_000), .init("dropped", ["1", "two\nlines"])], seconds: seconds,
        cpuSeconds: 24.9, peakBytes: 412_000_000, host: "n12", tool: "millrace 1.0",
        when: "2026-11-22T00:52:37Z", log: BLAKE3.digest(of: "log")))
  }
}
