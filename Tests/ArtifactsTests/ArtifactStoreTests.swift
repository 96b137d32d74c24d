import Artifacts
import Diagnostics
import Digests
import Files
import Fixtures
import Foundation
import LyingDisks
import Testing

struct ArtifactStoreTests {
  private let folder: TemporaryFolder
  private let store: ArtifactStore

  init() throws {
    folder = try TemporaryFolder()
    store = ArtifactStore(root: folder.path("store"), isDurable: false)
  }

  @Test(arguments: [0, 1, 5000, 1 << 20, 3 << 20])
  func `bytes come back under their digest, however they were written`(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var whole = try store.makeDraft()
    try whole.write(bytes)
    var pieces = try store.makeDraft()
    for start in stride(from: 0, to: count, by: 70_001) {
      try pieces.write(bytes.span.extracting(start..<min(count, start + 70_001)))
    }
    var given = try store.makeDraft()
    for (place, start) in stride(from: 0, to: count, by: 200_001).enumerated() {
      let piece = Array(bytes[start..<min(count, start + 200_001)])
      if place % 3 == 1 { try given.write(piece) } else { try given.write(givingAway: piece) }
    }
    let object = try whole.commit()
    #expect(object == StoredObject(digest: BLAKE3.digest(of: bytes), byteCount: count))
    #expect(try pieces.commit() == object)
    #expect(try given.commit() == object)
    #expect(try store.digestOfFile(path(object.digest)) == object.digest)
    let read = try store.open(object.digest).withBytes { span in BLAKE3.digest(of: span) }
    #expect(read == object.digest)
    #expect(try contents(object.digest) == bytes)
    let attributes = try FileManager.default.attributesOfItem(atPath: path(object.digest))
    #expect(attributes[.posixPermissions] as? Int == 0o444)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(store.root)/tmp").isEmpty)
  }

  @Test func `parts of an artifact have digests of their own`() throws {
    var draft = try store.makeDraft()
    var expected: [Digest] = []
    for (place, count) in [3, 0, 200_000, 70, 2_000_000, 1].enumerated() {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* (place + 7)) }
      try draft.write(Array("between".utf8))
      try draft.beginPart()
      for start in stride(from: 0, to: count, by: 150_000) {
        try draft.write(givingAway: Array(bytes[start..<min(count, start + 150_000)]))
      }
      try draft.endPart()
      expected.append(BLAKE3.digest(of: bytes))
    }
    #expect(draft.partDigests == expected)
    _ = try draft.commit()
  }

  @Test func `an artifact that looks like gzip data is read as it is`() throws {
    var draft = try store.makeDraft()
    try draft.write([0x1F, 0x8B, 8, 0])
    #expect(try contents(draft.commit().digest) == [0x1F, 0x8B, 8, 0])
  }

  @Test func `a dropped draft leaves nothing`() throws {
    do {
      var draft = try store.makeDraft()
      try draft.write("half a value")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(store.root)/tmp").isEmpty)
    #expect(try store.objectDigests().isEmpty)
  }

  @Test func `changed bytes are found on first use and set aside, and the value can be made again`()
    throws
  {
    let object = try commit("the right text")
    try overwrite(object.digest, "the wrong text")
    let reader = ArtifactStore(root: store.root)
    #expect(try !reader.isIntact(object.digest))
    #expect(reader.takeNotices().map(\.severity) == [.warning])
    let error = #expect(throws: Diagnostic.self) { try reader.open(object.digest) }
    #expect(error?.message.problem == "the artifact \(object.digest.short) is not in the store")
    #expect(try commit("the right text") == object)
    #expect(try reader.isIntact(object.digest))
  }

  @Test func `a link in place of an artifact is refused`() throws {
    let object = try commit("text")
    let other = try folder.write("other", "text")
    try FileManager.default.removeItem(atPath: path(object.digest))
    try FileManager.default.createSymbolicLink(
      atPath: path(object.digest), withDestinationPath: other)
    let reader = ArtifactStore(root: store.root)
    let error = #expect(throws: Diagnostic.self) { try reader.isIntact(object.digest) }
    #expect(error?.message.problem.contains(path(object.digest)) == true)
  }

  @Test func `checking everything finds damaged and missing artifacts and damaged records`() throws
  {
    let names = ["kept", "damaged", "missing", "record"]
    var records: [Record] = []
    for name in names {
      let object = try commit(name)
      let output = RecordedOutput(
        port: "out", type: "Text", digest: object.digest, byteCount: object.byteCount)
      records.append(try store.commit(Record(keyText: "kind \(name)\n", outputs: [output])))
    }
    try overwrite(records[1].outputs[0].digest, "DAMAGED")
    try FileManager.default.removeItem(atPath: path(records[2].outputs[0].digest))
    try overwrite(path: path(records[3].key, "keys"), "record\t1\n")
    var done = 0
    let check = store.verifyAll { count, total in
      done = count
      #expect(total == 7)
    }
    #expect(done == 7)
    let expected: Set<StoreProblem> = [
      .damagedObject(records[1].outputs[0].digest),
      .missingObject(records[1].outputs[0].digest, key: records[1].key),
      .missingObject(records[2].outputs[0].digest, key: records[2].key),
      .damagedRecord(key: records[3].key),
    ]
    #expect(Set(check.problems) == expected)
  }

  @Test func `files of dead processes are swept, those of living ones stay`() throws {
    var draft = try store.makeDraft()
    try draft.write("under way")
    let hold = try store.hold()
    try folder.write("store/tmp/1.1", "left behind")
    try folder.write("store/uses/1.1", "left behind")
    store.sweepTemporaryFiles()
    for name in ["tmp", "uses"] {
      let left = try FileManager.default.contentsOfDirectory(atPath: "\(store.root)/\(name)")
      #expect(left.count == 1 && left != ["1.1"])
    }
    withExtendedLifetime(hold) {}
    _ = try draft.commit()
  }

  @Test func `a write that fails, as on a full disk, is one error and leaves nothing`() throws {
    let full = FailingFiles(call: 4, with: ENOSPC, isLasting: true) {
      if case .write = $0 { true } else { false }
    }
    let store = ArtifactStore(root: folder.path("full"), isDurable: false, files: full)
    let error = #expect(throws: Diagnostic.self) {
      var draft = try store.makeDraft()
      for _ in 0..<64 { try draft.write([UInt8](repeating: 1, count: 1 << 20)) }
      _ = try draft.commit()
    }
    #expect(error?.message.problem.hasSuffix("No space left on device") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(store.root)/tmp").isEmpty)
    #expect(try store.objectDigests().isEmpty)
  }

  private func commit(_ text: String) throws(Diagnostic) -> StoredObject {
    var draft = try store.makeDraft()
    try draft.write(text)
    return try draft.commit()
  }

  private func contents(_ digest: Digest) throws(Diagnostic) -> [UInt8] {
    var file = try store.openInput(digest)
    var bytes: [UInt8] = []
    while try file.read(into: &bytes, atMost: 1 << 16) > 0 {}
    return bytes
  }

  private func path(_ digest: Digest, _ kind: String = "objects") -> String {
    "\(store.root)/\(kind)/\(digest.description.prefix(2))/\(digest.description.dropFirst(2))"
  }

  private func overwrite(_ digest: Digest, _ text: String) throws {
    try overwrite(path: path(digest), text)
  }

  private func overwrite(path: String, _ text: String) throws {
    try FileManager.default.removeItem(atPath: path)
    try Data(text.utf8).write(to: URL(filePath: path))
  }
}
