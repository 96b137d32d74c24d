import Artifacts
import Diagnostics
import Digests
import Fixtures
import Foundation
import Testing

/// What cannot be read is told: it is neither there nor absent.
struct UnreadableStoreTests {
  private let folder: TemporaryFolder
  private let store: ArtifactStore
  private let record: Record
  private let output: Digest

  init() throws {
    folder = try TemporaryFolder()
    let writer = ArtifactStore(root: folder.path("store"), isDurable: false)
    record = try writer.finish("train", ["model": "weights"])
    output = record.outputs[0].digest
    store = ArtifactStore(root: writer.root, isDurable: false)
  }

  @Test func `an object of the right size that cannot be opened is an error with its reason`()
    throws
  {
    let path = store.path(of: output)
    try FileManager.default.removeItem(atPath: path)
    // A link whose own size is the object's.
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "somewhere else")
    #expect(try store.work(for: record.key) == nil)
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "nothing")
    #expect(try store.work(for: record.key)?.evicted == [])
    let error = #expect(throws: Diagnostic.self) { try store.isIntact(output) }
    #expect(
      error?.message.problem
        == "cannot open '\(path)': Too many levels of symbolic links")
    #expect(store.takeNotices().isEmpty)
  }

  /// A question whose answer lies in one folder of a store.
  struct LookUp: Sendable {
    let folder: String
    let ask: @Sendable (ArtifactStore, Record) throws -> Void

    init(_ folder: String, _ ask: @escaping @Sendable (ArtifactStore, Record) throws -> Void) {
      self.folder = folder
      self.ask = ask
    }
  }

  @Test(
    arguments: [
      LookUp("objects") { _ = try $0.isIntact($1.outputs[0].digest) },
      LookUp("objects") { _ = try $0.byteCount(of: $1.outputs[0].digest) },
      LookUp("objects") { _ = try $0.isEvicted($1.outputs[0].digest) },
      LookUp("objects") { _ = try $0.work(for: $1.key) },
      LookUp("objects") { store, _ in _ = try store.objectDigests() },
      LookUp("keys") { _ = try $0.record(for: $1.key) },
      LookUp("keys") { _ = try $0.storedRecord($1.key) },
      LookUp("keys") { store, _ in _ = try store.recordKeys() },
      LookUp("runs") { store, _ in _ = try store.runs() },
      LookUp("pins") { store, _ in _ = try store.pinNames() },
      LookUp("roots") { store, _ in _ = try store.rootNames() },
      LookUp("uses") { store, _ in _ = try store.use() },
      LookUp("partial") { store, _ in _ = try store.unfinishedWork() },
      LookUp("corrupt") { store, _ in _ = try store.damagedFiles() },
    ])
  func `a folder of the store that cannot be read is not taken for an empty one`(
    lookUp: LookUp
  ) throws {
    try obstruct(lookUp.folder)
    let error = #expect(throws: Diagnostic.self) { try lookUp.ask(store, record) }
    #expect(error?.message.problem.contains("\(store.root)/\(lookUp.folder)") == true)
    #expect(error?.message.problem.hasSuffix("Too many levels of symbolic links") == true)
  }

  @Test(arguments: ["objects", "keys"])
  func `checking everything tells what it could not read`(name: String) throws {
    try obstruct(name)
    let problems = store.verifyAll().problems.map(\.description)
    #expect(
      problems.contains(
        "cannot read '\(store.root)/\(name)': Too many levels of symbolic links"))
  }

  @Test func `an artifact that is damaged and cannot be set aside is an error, not a miss`() throws
  {
    let path = store.path(of: output)
    try FileManager.default.removeItem(atPath: path)
    try Data("WEIGHTS".utf8).write(to: URL(filePath: path))
    try folder.write("store/corrupt", "a file in the folder's place")
    let error = #expect(throws: Diagnostic.self) { try store.isIntact(output) }
    #expect(
      error?.message.problem
        == "'\(path)' is damaged and cannot be set aside: "
        + "cannot make the folder '\(store.root)/corrupt': Not a directory")
    #expect(error?.message.remedy != nil)
  }

  @Test func `a record that is damaged and cannot be set aside is an error, not a miss`() throws {
    let path = store.path(of: record.key, in: "keys")
    try FileManager.default.removeItem(atPath: path)
    try Data("record\t1\n".utf8).write(to: URL(filePath: path))
    try folder.write("store/corrupt", "a file in the folder's place")
    #expect(throws: Diagnostic.self) { try store.work(for: record.key) }
  }

  @Test func `what is on a path that leads through a file is absent`() throws {
    let inFile = ArtifactStore(root: try folder.write("file", "text"), isDurable: false)
    #expect(try inFile.work(for: record.key) == nil && !inFile.isIntact(output))
  }

  /// Puts a link that leads to itself in the place of a folder.
  private func obstruct(_ name: String) throws {
    let path = "\(store.root)/\(name)"
    try? FileManager.default.removeItem(atPath: path)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: name)
  }
}
