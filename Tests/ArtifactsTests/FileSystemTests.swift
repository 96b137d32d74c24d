import Artifacts
import Diagnostics
import Digests
import Fixtures
import Foundation
import LyingDisks
import Testing

/// That nothing of a store passes by the calls that a test can fail.
struct FileSystemTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `where every call fails, nothing is made`() throws {
    let files = FailingFiles(call: 0, with: EIO, isLasting: true)
    let store = ArtifactStore(root: folder.path("store"), files: files)
    #expect(throws: Diagnostic.self) { try store.finish("train", ["model": "weights"]) }
    #expect(throws: Diagnostic.self) { try store.setPin(named: "best", to: "text\n") }
    #expect(throws: Diagnostic.self) { _ = try store.startJournal(id: "1") }
    #expect(throws: Diagnostic.self) { _ = try store.hold() }
    #expect(throws: Diagnostic.self) {
      _ = try store.tryClaim(BLAKE3.digest(of: "key"), holder: "")
    }
    store.setRoot(named: "root", to: "text\n")
    store.saveStatCache()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
  }

  @Test func `where every call fails, nothing is found and nothing is called absent`() throws {
    let whole = ArtifactStore(root: folder.path("store"), isDurable: false)
    let record = try whole.finish("train", ["model": "weights"])
    try whole.setPin(named: "best", to: "text\n")
    let files = FailingFiles(call: 0, with: EIO, isLasting: true)
    let store = ArtifactStore(root: whole.root, files: files)
    let output = record.outputs[0].digest
    #expect(throws: Diagnostic.self) { try store.exists }
    #expect(throws: Diagnostic.self) { try store.record(for: record.key) }
    #expect(throws: Diagnostic.self) { try store.isIntact(output) }
    #expect(throws: Diagnostic.self) { try store.open(output) }
    #expect(throws: Diagnostic.self) { try store.byteCount(of: output) }
    #expect(throws: Diagnostic.self) { try store.isEvicted(output) }
    #expect(throws: Diagnostic.self) { try store.pin(named: "best") }
    #expect(throws: Diagnostic.self) { try store.pinNames() }
    #expect(throws: Diagnostic.self) { try store.objectDigests() }
    #expect(throws: Diagnostic.self) { try store.recordKeys() }
    #expect(throws: Diagnostic.self) { try store.runs() }
    #expect(throws: Diagnostic.self) { try store.use() }
    #expect(throws: Diagnostic.self) { try store.unfinishedWork() }
    #expect(throws: Diagnostic.self) { try store.evict([output]) }
    #expect(!store.verifyAll().isSound)
    #expect(try whole.record(for: record.key) == record && whole.isIntact(output))
  }
}
