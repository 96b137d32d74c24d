import Artifacts
import Diagnostics
import Digests
import Fixtures
import Foundation
import Testing

/// Links that somebody who may write to a shared store put in the place of its folders.
struct LinkedFolderTests {
  private let folder: TemporaryFolder
  private let store: ArtifactStore
  private let others: String

  init() throws {
    folder = try TemporaryFolder()
    store = ArtifactStore(root: folder.path("store"), isDurable: false)
    _ = try store.finish("train", ["model": "weights"])
    try folder.write("others/mine.txt", "precious")
    try folder.write("others/below/mine.txt", "precious")
    others = folder.path("others")
  }

  @Test(arguments: ["tmp", "uses", "partial"])
  func `nothing is removed from the folder that a link leads to`(name: String) throws {
    try link("store/\(name)")
    store.sweepTemporaryFiles()
    store.removeFinishedWork()
    if name == "uses" { #expect(throws: Diagnostic.self) { try store.clear() } }
    #expect(try rest() == ["below", "mine.txt"])
  }

  @Test func `a key whose folder is a link cannot be claimed, and nothing behind it is removed`()
    throws
  {
    let key = BLAKE3.digest(of: "some key")
    _ = try store.tryClaim(BLAKE3.digest(of: "another"), holder: "me")
    try link("store/partial/\(key)")
    let error = #expect(throws: Diagnostic.self) { try store.tryClaim(key, holder: "me") }
    #expect(error?.message.problem.contains("is a link") == true)
    #expect(try rest() == ["below", "mine.txt"])
  }

  private func link(_ name: String) throws {
    try? FileManager.default.removeItem(atPath: folder.path(name))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path(name), withDestinationPath: others)
  }

  private func rest() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: others).sorted()
  }
}
