import Artifacts
import Diagnostics
import Digests
import Files
import Fixtures
import Formats
import Foundation
import LyingDisks
import Testing

@Suite struct RecordIndexTests {
  private let folder: TemporaryFolder
  private let store: ArtifactStore
  private let records: [Record]
  private var indexPath: String { "\(store.root)/index/plan" }

  /// A store with three records, and an index of them.
  init() throws {
    folder = try TemporaryFolder()
    store = ArtifactStore(root: folder.path("store"), isDurable: false)
    var records: [Record] = []
    for name in ["one", "two", "three"] {
      var draft = try store.makeDraft()
      try draft.write(name)
      let object = try draft.commit()
      let output = RecordedOutput(
        port: "text", type: "Table", digest: object.digest, byteCount: object.byteCount)
      records.append(
        try store.commit(
          Record(
            keyText: "kind  \(name) 1\nfrom  b3:\(object.digest)\n", outputs: [output],
            facts: [.init("summary", "3 rows")], seconds: 1.5, host: "here", tool: "millrace",
            when: "2026-11-29T10:00:00Z", log: object.digest)))
    }
    self.records = records
    try writeIndex()
  }

  /// Writes the index of a run that finds all records some seconds after they were made.
  private func writeIndex() throws {
    let store = reopened(in: OpenedFiles())
    for record in records { #expect(try store.record(for: record.key) == record) }
    store.saveRecordIndex(of: records.map(\.key))
  }

  private func path(_ record: Record) -> String { "\(store.root)/keys/\(record.key.path)" }

  /// The store as another process opens it, which looks up by the index.
  private func reopened(in files: any FileSystem = SystemFiles()) -> ArtifactStore {
    let store = ArtifactStore(root: store.root, isDurable: false, files: files)
    store.recallRecords(of: "plan")
    return store
  }

  @Test func `records whose files are as they were are found without opening these`() throws {
    let files = OpenedFiles()
    let store = reopened(in: files)
    _ = files.take()
    for record in records { #expect(try store.record(for: record.key) == record) }
    #expect(files.take().isEmpty)
    store.saveRecordIndex(of: records.map(\.key))
    #expect(files.take().isEmpty, "an index that was enough is not written again")
  }

  @Test func `an index has the records of its plan, and no others that were looked up`() throws {
    let store = reopened(in: OpenedFiles())
    store.recallRecords(of: "smaller")
    for record in records { #expect(try store.record(for: record.key) == record) }
    store.saveRecordIndex(of: [records[0].key])
    let files = OpenedFiles()
    let other = ArtifactStore(root: store.root, isDurable: false, files: files)
    other.recallRecords(of: "smaller")
    _ = files.take()
    for record in records { #expect(try other.record(for: record.key) == record) }
    #expect(files.take() == records.dropFirst().map(path))
  }

  @Test func `without an index, with one of another plan, and with leases, files are opened`()
    throws
  {
    let files = OpenedFiles()
    let other = ArtifactStore(root: store.root, isDurable: false, files: files)
    #expect(try other.record(for: records[0].key) == records[0])
    other.recallRecords(of: "another")
    #expect(try other.record(for: records[0].key) == records[0])
    #expect(files.take().count { $0 == path(records[0]) } == 2)
    let leased = ArtifactStore(root: store.root, isDurable: false, locks: .leases, files: files)
    let hold = try leased.hold()
    leased.recallRecords(of: "plan")
    _ = files.take()
    #expect(try leased.record(for: records[0].key) == records[0])
    #expect(files.take().contains(path(records[0])))
    withExtendedLifetime(hold) {}
  }

  @Test func `a record that was removed, or lost its artifact, is not found`() throws {
    try FileManager.default.removeItem(atPath: path(records[0]))
    try FileManager.default.removeItem(
      atPath: "\(store.root)/objects/\(records[1].outputs[0].digest.path)")
    try store.evict([records[2].outputs[0].digest])
    let store = reopened()
    #expect(try store.work(for: records[0].key) == nil)
    #expect(try store.work(for: records[1].key) == nil)
    #expect(try store.work(for: records[2].key)?.evicted == ["text"])
  }

  @Test func `a record of which a bit was changed is set aside in spite of the index`() throws {
    var bytes = try Array(Data(contentsOf: URL(filePath: path(records[0]))))
    bytes[bytes.count / 2] ^= 1
    // Within one tick of the clock the file could have the time that it had.
    let before = try FileStatus(ofPath: path(records[0]))
    repeat {
      try FileManager.default.removeItem(atPath: path(records[0]))
      try Data(bytes).write(to: URL(filePath: path(records[0])))
    } while try FileStatus(ofPath: path(records[0])) == before
    let store = reopened()
    #expect(try store.record(for: records[0].key) == nil)
    #expect(store.takeNotices().first?.message.problem.contains("damaged") == true)
  }

  @Test func `a record that took the place of another is the one that is found`() throws {
    let other = Record(keyText: records[0].keyText, outputs: records[1].outputs, host: "there")
    try FileManager.default.removeItem(atPath: path(records[0]))
    #expect(other.text.utf8.count != records[0].text.utf8.count)
    try store.commit(other)
    #expect(try reopened().record(for: records[0].key) == other)
  }

  @Test func `no torn, empty or changed index gives another record, or keeps one from being found`()
    throws
  {
    let whole = try Array(Data(contentsOf: URL(filePath: indexPath)))
    var damaged: [[UInt8]] = [[], [0], [UInt8](repeating: 0, count: whole.count)]
    for place in stride(from: 0, to: whole.count, by: Effort.isNightly ? 1 : 23) {
      damaged.append(Array(whole[..<place]))
      damaged.append(Array(whole[..<place]) + [UInt8](repeating: 0, count: whole.count - place))
      var flipped = whole
      flipped[place] ^= 1 << UInt8(place % 8)
      damaged.append(flipped)
    }
    damaged.append(whole + whole)
    for bytes in damaged {
      try folder.write("store/index/plan", bytes: bytes)
      let store = reopened()
      for record in records { #expect(try store.record(for: record.key) == record) }
      #expect(store.takeNotices().isEmpty)
    }
  }

  @Test func `a store that was copied to another place is read anew`() throws {
    try FileManager.default.copyItem(atPath: store.root, toPath: folder.path("copy"))
    let files = OpenedFiles()
    let copy = ArtifactStore(root: folder.path("copy"), isDurable: false, files: files)
    copy.recallRecords(of: "plan")
    for record in records { #expect(try copy.record(for: record.key) == record) }
    #expect(files.take().count { $0.contains("/keys/") } == records.count)
  }

  @Test func `a record made a moment ago is not remembered, as it may change unnoticed`() throws {
    try FileManager.default.removeItem(atPath: indexPath)
    let made = try #require(try FileStatus(ofPath: path(records[0]))).changed
    let store = reopened(in: OpenedFiles(now: made))
    for record in records { #expect(try store.record(for: record.key) == record) }
    store.saveRecordIndex(of: records.map(\.key))
    #expect(!FileManager.default.fileExists(atPath: indexPath))
  }

  @Test func `an index that cannot be read or written is done without`() throws {
    for call in 0..<40 {
      let files = FailingFiles(call: call, with: EIO, isLasting: true) { call in
        switch call {
        case .open(let path, _), .examine(let path): path.contains("/index")
        case .makeFolder(let path): path.contains("/index")
        case .rename(_, let path): path.contains("/index")
        default: false
        }
      }
      let store = reopened(in: files)
      for record in records { #expect(try store.record(for: record.key) == record) }
      store.saveRecordIndex(of: records.map(\.key))
      #expect(store.takeNotices().isEmpty)
    }
  }

  @Test func `processes that look up at once find the same, whoever writes the index last`() throws
  {
    try FileManager.default.removeItem(atPath: indexPath)
    DispatchQueue.concurrentPerform(iterations: 8) { number in
      let store = reopened(in: number % 2 == 0 ? OpenedFiles() : SystemFiles())
      for record in records { _ = try? store.record(for: record.key) }
      store.saveRecordIndex(of: records.map(\.key))
    }
    for record in records { #expect(try reopened().record(for: record.key) == record) }
    #expect(store.verifyAll().isSound)
  }

  @Test func `checking everything sets a damaged index aside`() throws {
    #expect(store.verifyAll().isSound)
    var bytes = try Array(Data(contentsOf: URL(filePath: indexPath)))
    bytes[40] ^= 4
    try folder.write("store/index/plan", bytes: bytes)
    #expect(store.verifyAll().problems == [.damagedIndex])
    #expect(store.verifyAll().isSound)
  }

  @Test func `checking everything sets an index among the findings aside`() throws {
    let bytes = try Array(Data(contentsOf: URL(filePath: indexPath)))
    try folder.write("store/findings/plan", bytes: bytes)
    #expect(store.verifyAll().problems == [.damagedIndex])
    #expect(store.verifyAll().isSound)
  }
}
