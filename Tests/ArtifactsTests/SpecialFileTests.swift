import Artifacts
import Diagnostics
import Digests
import Files
import Fixtures
import Formats
import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Pipes, devices and links in the place of files.
@Suite(.timeLimit(.minutes(120))) struct SpecialFileTests {
  private let folder: TemporaryFolder
  private let store: ArtifactStore

  init() throws {
    folder = try TemporaryFolder()
    store = ArtifactStore(root: folder.path("store"), isDurable: false)
  }

  @Test(arguments: ["pipe", "/dev/zero"])
  func `a pipe or a device as an input is refused at once`(name: String) throws {
    if name == "pipe" { try makePipe(folder.path(name)) }
    let path = name.hasPrefix("/") ? name : folder.path(name)
    for read in [
      { _ = try InputFile(path) }, { _ = try InputFile.contents(of: path, atMost: 100) },
      { _ = try store.digestOfFile(path) }, { _ = try SafetensorsFile(reading: path) },
    ] {
      let error = #expect(throws: Diagnostic.self) { try read() }
      #expect(error?.message.problem == "'\(path)' is no regular file")
    }
  }

  @Test func `an absent file may yet come, another that cannot be read is an error`() throws {
    try makePipe(folder.path("pipe"))
    let file = try folder.write("file", "text\n")
    #expect(InputFile.obstacle(to: file) == nil)
    #expect(InputFile.obstacle(to: folder.path("absent"))?.severity == .warning)
    #expect(InputFile.obstacle(to: file + "/below")?.severity == .warning)
    for path in [folder.path("pipe"), "/dev/zero", folder.path("."), folder.url.path] {
      #expect(InputFile.obstacle(to: path)?.severity == .error, "\(path)")
    }
  }

  @Test func `a pipe is read where pipes are allowed`() throws {
    let path = folder.path("pipe")
    try makePipe(path)
    let writer = Thread { try? Data("text\n".utf8).write(to: URL(filePath: path)) }
    writer.start()
    #expect(
      try InputFile.contents(of: path, atMost: 100, allowingPipes: true) == Array("text\n".utf8))
  }

  @Test func `a pipe in the place of an artifact, a record or a pin is an error`() throws {
    let record = try store.finish("train", ["model": "weights"])
    try store.setPin(named: "best", to: "about\tx\n")
    let output = record.outputs[0].digest
    let fresh = ArtifactStore(root: store.root, isDurable: false)
    for path in [
      store.path(of: output), store.path(of: record.key, in: "keys"), "\(store.root)/pins/best",
    ] {
      try FileManager.default.removeItem(atPath: path)
      try makePipe(path)
    }
    #expect(throws: Diagnostic.self) { try fresh.isIntact(output) }
    #expect(throws: Diagnostic.self) { try fresh.record(for: record.key) }
    #expect(throws: Diagnostic.self) { try fresh.pin(named: "best") }
    #expect(fresh.verifyAll().problems.count >= 2)
  }

  @Test(arguments: ["lock", "folder"])
  func `a link that leads nowhere in the place of a claim is an error`(what: String) throws {
    let key = BLAKE3.digest(of: "key")
    let path = "\(store.root)/partial/\(key)"
    try folder.write("store/partial/other", "")
    if what == "lock" {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    try FileManager.default.createSymbolicLink(
      atPath: what == "lock" ? "\(path)/lock" : path, withDestinationPath: "/nonexistent/x")
    #expect(throws: Diagnostic.self) { try store.tryClaim(key, holder: "a") }
  }

  @Test func `a link in the place of a file of a claim is not followed`() throws {
    let victim = try folder.write("victim", "precious")
    let key = BLAKE3.digest(of: "key")
    try folder.write("store/partial/\(key)/other", "")
    try FileManager.default.createSymbolicLink(
      atPath: "\(store.root)/partial/\(key)/key", withDestinationPath: victim)
    guard case .claimed(let claim) = try store.tryClaim(key, holder: "a") else {
      Issue.record("nobody holds it")
      return
    }
    #expect(throws: Diagnostic.self) { try claim.begin(key) }
    #expect(try String(contentsOfFile: victim, encoding: .utf8) == "precious")
  }

  @Test func `a file is not read to its end once that is no longer wanted`() throws {
    let path = try folder.write("large", bytes: [UInt8](repeating: 1, count: 20 << 20))
    var asked = 0
    let error = #expect(throws: Diagnostic.self) {
      try store.digestOfFile(path) {
        asked += 1
        return asked < 2
      }
    }
    #expect(asked == 2)
    #expect(error?.message.problem.contains("was not read to its end") == true)
    #expect(
      try store.digestOfFile(path) == BLAKE3.digest(of: [UInt8](repeating: 1, count: 20 << 20)))
  }

  private func makePipe(_ path: String) throws {
    try #require(unsafe mkfifo(path, 0o600) == 0)
  }
}
