import Artifacts
import Digests
import Fixtures
import Foundation
import Testing

struct KeyClaimTests {
  private let folder: TemporaryFolder
  private let store: ArtifactStore
  private let key = BLAKE3.digest(of: "key")

  init() throws {
    folder = try TemporaryFolder()
    store = ArtifactStore(root: folder.path("store"), isDurable: false)
  }

  @Test func `a checkpoint is what the next attempt goes on from, not what it makes anew`() throws {
    for name in ["lock", "log", "key", "failure", "epoch-3", "command/output-1.jsonl"] {
      try folder.write("store/partial/\(key)/\(name)", "x")
    }
    #expect(store.checkpoint(of: key).map(\.name) == ["epoch-3"])
  }

  @Test func `a second claim is told who holds the key, and gets it once it is free`() throws {
    let other = ArtifactStore(root: store.root, isDurable: false)
    var first = try claimed(store.tryClaim(key, holder: "run 4711"))
    guard case .held(let holder) = try other.tryClaim(key, holder: "run 4712") else {
      Issue.record("the key was claimed twice")
      return
    }
    #expect(holder == "run 4711")
    first?.finish()
    first = nil
    #expect(try claimed(other.tryClaim(key, holder: "run 4712")) != nil)
  }

  @Test func `the folder of unfinished work stays, that of finished work goes`() throws {
    var claim = try claimed(store.tryClaim(key, holder: "a"))
    let path = try #require(claim).folder
    try Data("checkpoint".utf8).write(to: URL(filePath: "\(path)/epoch-3"))
    claim = nil
    claim = try claimed(store.tryClaim(key, holder: "b"))
    #expect(FileManager.default.fileExists(atPath: "\(path)/epoch-3"))
    claim?.finish()
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `a claim that nothing came of leaves no folder`() throws {
    var claim = try claimed(store.tryClaim(key, holder: "a"))
    let path = try #require(claim).folder
    claim = nil
    #expect(!FileManager.default.fileExists(atPath: path))
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data("process 1".utf8).write(to: URL(filePath: "\(path)/lock"))
    store.removeFinishedWork()
    #expect(!FileManager.default.fileExists(atPath: path))
    // A process may end between taking the lock away and the folder.
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    store.removeFinishedWork()
    #expect(!FileManager.default.fileExists(atPath: path))
    #expect(store.takeNotices().isEmpty)
  }

  @Test func `what a process left that ended right after its record is removed`() throws {
    try leave(of: try store.finish("train", ["model": "weights"]).key)
    store.removeFinishedWork()
    #expect(!FileManager.default.fileExists(atPath: "\(store.root)/partial/\(key)"))
  }

  @Test func `work without a record, with evicted outputs or under way is not removed`() throws {
    try leave(of: BLAKE3.digest(of: "another extent"))
    store.removeFinishedWork()
    #expect(FileManager.default.fileExists(atPath: "\(store.root)/partial/\(key)/epoch-3"))
    let record = try store.finish("train", ["model": "weights"])
    try leave(of: record.key)
    var claim = try claimed(store.tryClaim(key, holder: "a"))
    ArtifactStore(root: store.root, isDurable: false).removeFinishedWork()
    #expect(claim != nil)
    #expect(FileManager.default.fileExists(atPath: "\(store.root)/partial/\(key)/epoch-3"))
    claim = nil
    try store.evict([try #require(record.output("model")).digest])
    store.removeFinishedWork()
    #expect(FileManager.default.fileExists(atPath: "\(store.root)/partial/\(key)/epoch-3"))
  }

  @Test func `waiting ends when it is given up`() throws {
    let claim = try #require(try claimed(store.tryClaim(key, holder: "a")))
    var asked = 0
    let second = try store.claim(key, holder: "b") { holder in
      asked += 1
      return holder == "a" && asked < 2
    }
    #expect(second == nil)
    #expect(asked == 2)
    claim.finish()
  }

  @Test func `of many who claim and finish at once, one at a time holds the key`() throws {
    let contest = ClaimContest(of: 8, rounds: 20, for: key) { [store] _ in store }
    #expect(contest.mostHolders == 1)
    #expect(contest.claimCount == 160)
    #expect(!FileManager.default.fileExists(atPath: "\(store.root)/partial/\(key)"))
  }

  /// Leaves a checkpoint in the key's folder, of work on one of the keys that it stands for.
  private func leave(of work: Digest) throws {
    let claim = try #require(try claimed(store.tryClaim(key, holder: "gone")))
    try claim.begin(work)
    try Data("checkpoint".utf8).write(to: URL(filePath: "\(claim.folder)/epoch-3"))
  }

  private func claimed(_ outcome: ClaimOutcome) -> KeyClaim? {
    if case .claimed(let claim) = outcome { claim } else { nil }
  }
}
