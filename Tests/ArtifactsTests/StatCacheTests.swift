import Artifacts
import Digests
import Fixtures
import Foundation
import Testing

struct StatCacheTests {
  private let folder: TemporaryFolder
  private let store: ArtifactStore

  init() throws {
    folder = try TemporaryFolder()
    store = ArtifactStore(root: folder.path("store"), isDurable: false)
  }

  @Test func `a file that was just changed is read again, its digest is not remembered`() throws {
    // Changed a moment ago, however long it takes to get there.
    let time = Date(timeIntervalSinceNow: 86_400)
    for text in ["one", "two"] {
      let path = try folder.write("a.csv", text)
      try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
      #expect(try store.digestOfFile(path) == BLAKE3.digest(of: text))
    }
    store.saveStatCache()
    #expect(!FileManager.default.fileExists(atPath: "\(store.root)/stat"))
  }

  @Test func `what the cache knows survives, and a damaged line is forgotten`() throws {
    // Program files are old enough to be remembered.
    let paths = ["/bin/sh", "/bin/ls", "/bin/cat"]
    for path in paths { _ = try store.digestOfFile(path) }
    store.saveStatCache()
    let file = URL(filePath: "\(store.root)/stat")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.split(separator: "\n").count == paths.count)
    var bytes = Array(text.utf8)
    bytes[bytes.count / 2] ^= 1
    try Data(bytes.dropLast(3)).write(to: file)
    let next = ArtifactStore(root: store.root, isDurable: false)
    for path in paths {
      #expect(
        try next.digestOfFile(path)
          == BLAKE3.digest(of: Array(Data(contentsOf: URL(filePath: path)))))
    }
    next.saveStatCache()
    #expect(
      try String(contentsOf: file, encoding: .utf8).split(separator: "\n").count == paths.count)
  }

  @Test func `two processes that save do not undo each other`() throws {
    let other = ArtifactStore(root: store.root, isDurable: false)
    _ = try store.digestOfFile("/bin/sh")
    _ = try other.digestOfFile("/bin/ls")
    store.saveStatCache()
    other.saveStatCache()
    let text = try String(contentsOf: URL(filePath: "\(store.root)/stat"), encoding: .utf8)
    #expect(text.split(separator: "\n").count == 2)
  }

  @Test func `a digest is looked up by everything that changes with the file`() throws {
    let digest = try store.digestOfFile("/bin/sh")
    store.saveStatCache()
    let file = URL(filePath: "\(store.root)/stat")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.contains(digest.description))
  }

  @Test func `a file that says it is empty and is not has no digest`() throws {
    #expect(throws: (any Error).self) { try store.digestOfFile("/proc/cpuinfo") }
    #expect(try store.digestOfFile(folder.write("empty", "")) == BLAKE3.digest(of: ""))
  }
}
