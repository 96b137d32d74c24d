import Artifacts
import Digests
import Fixtures
import Formats
import Foundation
import Testing

/// The texts of a store beside records: no damage to them passes for what was written.
struct StoredTextTests {
  private let folder: TemporaryFolder
  private let store: ArtifactStore

  init() throws {
    folder = try TemporaryFolder()
    store = ArtifactStore(root: folder.path("store"), isDurable: false)
  }

  @Test func `no truncation and no flipped bit of a pin is taken for another pin`() throws {
    let text = "about\ttrec.toml train\nkey\t\(BLAKE3.digest(of: "key"))\n"
    try store.setPin(named: "best", to: text)
    #expect(try store.pin(named: "best") == .whole(text, hasChecksum: true))
    for (what, bytes) in try damaged("store/pins/best") {
      try folder.write("store/pins/best", bytes: bytes)
      guard case .whole(let found, _) = try store.pin(named: "best") else { continue }
      Issue.record("\(what) gives \(found)")
    }
  }

  @Test func `no truncation and no flipped bit of a root is taken for another root`() throws {
    let text = "train\t\(BLAKE3.digest(of: "key"))\n"
    store.setRoot(named: "1", to: text)
    for (what, bytes) in try damaged("store/roots/1") {
      try folder.write("store/roots/1", bytes: bytes)
      guard case .whole(let found, _) = try store.root(named: "1") else { continue }
      Issue.record("\(what) gives \(found)")
    }
  }

  @Test func `no truncation and no flipped bit of an artifact is taken for it`() throws {
    let record = try store.finish("train", ["model": "the weights of a model\n"])
    let digest = record.outputs[0].digest
    let name = String(store.path(of: digest).dropFirst(folder.url.path.count + 1))
    let whole = Array("the weights of a model\n".utf8)
    for (what, bytes) in EveryDamage(to: whole) {
      try? FileManager.default.removeItem(atPath: folder.path(name))
      try folder.write(name, bytes: bytes)
      #expect(try !store.isIntact(digest), "\(what)")
      // It was set aside, so that its stage runs again.
      #expect(try store.work(for: record.key) == nil, "\(what)")
    }
    try folder.write(name, bytes: whole)
    #expect(try store.isIntact(digest) && store.record(for: record.key) == record)
  }

  @Test func `a text that an older program wrote is what it is`() throws {
    try folder.write("store/roots/1", "train\t\(BLAKE3.digest(of: "key"))\n")
    #expect(
      try store.root(named: "1")
        == .whole("train\t\(BLAKE3.digest(of: "key"))\n", hasChecksum: false))
    store.setRoot(named: "1", to: "new\n")
    #expect(try store.root(named: "1") == .whole("new\n", hasChecksum: true))
    #expect(try store.root(named: "2") == nil)
  }

  @Test func `no flipped bit of a note of use is taken for another note`() throws {
    let record = try store.finish("train", ["model": "weights"])
    let hold = try store.hold()
    #expect(try store.record(for: record.key) == record)
    let other = ArtifactStore(root: store.root, isDurable: false)
    #expect(try other.use().digests == [record.key])
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: "\(store.root)/uses").first)
    let path = "\(store.root)/uses/\(name)"
    for (what, bytes) in try damaged("store/uses/\(name)") where !what.hasPrefix("cut") {
      // In its place, as the file's lock must stay.
      let file = try #require(FileHandle(forWritingAtPath: path))
      try file.write(contentsOf: bytes)
      try file.close()
      let used = try? other.use().digests
      #expect(used == nil || used == [record.key], "\(what)")
    }
    withExtendedLifetime(hold) {}
  }

  @Test func `no flipped bit of a journal's line is taken for another event`() throws {
    let journal = try store.startJournal(id: "1")
    let events: [JSONValue] = [["event": "started"], ["event": "stage", "key": "ab"]]
    try journal.append(events)
    let run = try #require(try store.runs().first)
    #expect(try run.wholeEvents == events)
    let name = "store/runs/\(run.name).jsonl"
    for (what, bytes) in try damaged(name) {
      try folder.write(name, bytes: bytes)
      guard let found = try? run.wholeEvents else { continue }
      // A checksum whose name is damaged may be taken for a member of the event.
      for (event, written) in zip(found, events) {
        for member in written.objectValue ?? [] {
          #expect(event[member.name] == member.value, "\(what)")
        }
      }
    }
  }

  @Test func `a damaged stat cache is found, set aside, and costs nothing but time`() throws {
    let file = try folder.write("data", "text")
    _ = try store.digestOfFile("/bin/sh")
    store.saveStatCache()
    #expect(store.verifyAll().isSound)
    for (_, bytes) in try damaged("store/stat") {
      try folder.write("store/stat", bytes: bytes)
      let other = ArtifactStore(root: store.root, isDurable: false)
      #expect(try other.digestOfFile(file) == BLAKE3.digest(of: "text"))
      let check = other.verifyAll()
      #expect(check.problems == [.damagedStatCache] || check.isSound)
      #expect(other.verifyAll().isSound)
    }
  }

  @Test func `a store of another format is told when all is checked`() throws {
    try store.finish("train", ["model": "weights"])
    try folder.write("store/format", "7\n")
    #expect(store.verifyAll().problems.map(\.description).first?.contains("not format 1") == true)
  }

  /// Every truncation and flipped bit of a file.
  private func damaged(_ name: String) throws -> EveryDamage {
    EveryDamage(to: Array(try Data(contentsOf: URL(filePath: folder.path(name)))))
  }
}
