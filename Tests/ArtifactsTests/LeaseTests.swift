import Artifacts
import Diagnostics
import Digests
import Dispatch
import Files
import Fixtures
import Foundation
import LyingDisks
import Synchronization
import Testing

/// What keeps processes of several machines apart where the kernel's locks do not.
struct LeaseTests {
  private let folder: TemporaryFolder
  private let key = BLAKE3.digest(of: "key")

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: MachineFiles.Locks.allCases)
  func `a key that is claimed on one machine is held on another`(locks: MachineFiles.Locks) throws {
    let (first, second) = (store(on: "a", locks), store(on: "b", locks))
    var claim = try claimed(first.tryClaim(key, holder: "process \(getpid()) on a"))
    guard case .held(let holder) = try second.tryClaim(key, holder: "b") else {
      Issue.record("claimed twice")
      return
    }
    #expect(holder == "process \(getpid()) on a")
    guard case .held = try store(on: "c", locks).tryClaim(key, holder: "c") else {
      Issue.record("claimed a third time")
      return
    }
    claim?.finish()
    claim = nil
    #expect(try claimed(second.tryClaim(key, holder: "b")) != nil)
  }

  @Test(arguments: [
    (MachineFiles.Locks.refused, "has no locks"), (.ineffective, "keep nobody out"),
  ])
  func `it is said once in the life of a store that its file system needs leases`(
    locks: MachineFiles.Locks, problem: String
  ) throws {
    let first = store(on: "a", locks)
    _ = try first.hold()
    #expect(first.takeNotices().map(\.message.problem).filter { $0.contains(problem) }.count == 1)
    // What one machine found out, others go by, whatever they would find.
    let second = store(on: "b", .local)
    _ = try second.hold()
    #expect(second.takeNotices().isEmpty)
    #expect(FileManager.default.fileExists(atPath: folder.path("store/leased")))
  }

  @Test func `where locks of one machine do not reach another, the first lock that is met tells`()
    throws
  {
    let (first, second) = (store(on: "a", .local), store(on: "b", .local))
    let claim = try claimed(first.tryClaim(key, holder: "process 1 on a"))
    #expect(first.takeNotices().isEmpty)
    guard case .held = try second.tryClaim(key, holder: "b") else {
      Issue.record("claimed twice")
      return
    }
    #expect(second.takeNotices().map(\.message.problem).first?.hasPrefix("a left a lock") == true)
    withExtendedLifetime(claim) {}
  }

  @Test func `a lock that was given back does not look like a killed process's`() throws {
    try folder.write("store/partial/\(key)/epoch-3", "checkpoint")
    var claim = try claimed(store(on: "a", .local).tryClaim(key, holder: "process 1 on a"))
    #expect(claim != nil)
    claim = nil
    let second = store(on: "b", .local)
    #expect(try claimed(second.tryClaim(key, holder: "b")) != nil)
    #expect(second.takeNotices().isEmpty)
  }

  @Test func `a process that does not show for 90 s that it lives loses its claim, and sees it`()
    throws
  {
    let machine = MachineFiles(host: "a", locks: .refused)
    let (first, second) = (store(on: machine), store(on: "b", .refused))
    let robbed = try #require(try claimed(first.tryClaim(key, holder: "")))
    try first.lease().beat()
    machine.isHalted = true
    try age("leases", by: 30)
    #expect(try claimed(second.tryClaim(key, holder: "")) == nil)
    try age("leases", by: 100)
    let claim = try #require(try claimed(second.tryClaim(key, holder: "")))
    #expect(!robbed.isLost)
    machine.isHalted = false
    try first.lease().beat()
    #expect(robbed.isLost && !claim.isLost)
    try Data("checkpoint".utf8).write(to: URL(filePath: "\(claim.folder)/epoch-3"))
    robbed.recordFailure("too late", keepingState: false)
    robbed.finish()
    #expect(FileManager.default.fileExists(atPath: "\(claim.folder)/epoch-3"))
    #expect(try first.isClaimed(key) && first.failure(of: key) == nil)
    claim.finish()
    #expect(!FileManager.default.fileExists(atPath: claim.folder))
  }

  @Test func `of many machines that claim and finish at once, one at a time holds the key`() throws
  {
    let contest = ClaimContest(of: 8, rounds: 10, for: key) { worker in
      store(on: "machine-\(worker)", .refused)
    }
    #expect(contest.mostHolders == 1)
    #expect(contest.claimCount == 80)
    #expect(!FileManager.default.fileExists(atPath: folder.path("store/partial/\(key)")))
  }

  @Test func `of many that find a process ended, one takes over`() throws {
    for _ in 0..<20 {
      let machine = MachineFiles(host: "ended", locks: .refused)
      let ended = try #require(try claimed(store(on: machine).tryClaim(key, holder: "")))
      machine.isHalted = true
      try age("leases", by: 100)
      let claims = Mutex<[KeyClaim]>([])
      DispatchQueue.concurrentPerform(iterations: 6) { worker in
        let outcome = try? store(on: "machine-\(worker)", .refused).tryClaim(key, holder: "")
        if let outcome, let claim = claimed(outcome) { claims.withLock { $0.append(claim) } }
      }
      #expect(claims.withLock(\.count) == 1)
      withExtendedLifetime(ended) {}
    }
  }

  @Test func `what a process of another machine looked up and made is in use`() throws {
    let (first, second) = (store(on: "a", .refused), store(on: "b", .refused))
    let record = try second.finish("train", ["model": "weights"])
    let model = record.outputs[0].digest
    var hold: StoreHold? = try first.hold()
    #expect(try hold != nil && first.record(for: record.key) == record)
    #expect(try second.use().digests == [record.key])
    #expect(try second.evict([model]) == 0 && second.isIntact(model))
    hold = nil
    #expect(try second.evict([model]) == 7)
  }

  @Test func `what an ended process of another machine used is free, its drafts go after a day`()
    throws
  {
    let machine = MachineFiles(host: "a", locks: .refused)
    let (first, second) = (store(on: machine), store(on: "b", .refused))
    let record = try second.finish("train", ["model": "weights"])
    let hold = try first.hold()
    #expect(try first.record(for: record.key) == record)
    var draft = try first.makeDraft()
    try draft.write("half")
    machine.isHalted = true
    try age("leases", by: 100)
    try second.lease().beat()
    #expect(try second.evict(record.outputs.map(\.digest)) == 7)
    second.sweepTemporaryFiles()
    #expect(try names("tmp").count == 1)
    #expect(try names("uses").isEmpty)
    try age("tmp", by: 90_000)
    try age("leases", by: 100)
    try second.lease().beat()
    second.sweepTemporaryFiles()
    #expect(try names("tmp").isEmpty)
    // Once it goes on, nothing may be removed any more that it looks up.
    machine.isHalted = false
    try first.lease().beat()
    let other = try second.finish("test", ["scores": "1"])
    #expect(try first.record(for: other.key) == other)
    #expect(hold.hasFailed)
  }

  @Test func `of machines that look up and make while others evict, none sees a thing vanish`()
    throws
  {
    let names = (0..<6).map { "work \($0)" }
    for name in names { try store(on: "a", .refused).finish(name, ["text": "the text"]) }
    EvictionContest.run(over: names.map { ($0, "the text") }, workers: 4, rounds: 25) { worker in
      store(on: "machine-\(worker)", .refused)
    } lookingUpBy: {
      try? $0.workOfOthers(for: $1)
    }
  }

  @Test
  func `what another machine made since it was looked for is found once it is said to be there`()
    throws
  {
    let (first, second) = (store(on: "a", .refused), store(on: "b", .refused))
    let key = BLAKE3.digest(of: "kind train 1\n")
    #expect(try second.work(for: key) == nil)
    let record = try first.finish("train", ["model": "weights"])
    #expect(try second.work(for: key) == nil, "the machine remembers that it was absent")
    #expect(try second.workOfOthers(for: key)?.record == record)
  }

  @Test func `of two that did one work, the first record stays`() throws {
    let (first, second) = (store(on: "a", .refused), store(on: "b", .refused))
    let one = try first.commit(Record(keyText: "kind train 1\n", outputs: [], host: "a"))
    let other = try second.commit(Record(keyText: "kind train 1\n", outputs: [], host: "b"))
    #expect(one == other && other.host == "a")
  }

  @Test func `what keeps processes apart can be said`() throws {
    let kernel = ArtifactStore(
      root: folder.path("store"), isDurable: false, locks: .kernel,
      files: MachineFiles(host: "a", locks: .refused))
    _ = try kernel.hold()
    let key = BLAKE3.digest(of: "key")
    try folder.write("store/partial/\(key)/lock", "process 1 on other\nother\n")
    guard case .claimed(let claim) = try kernel.tryClaim(key, holder: "me") else {
      Issue.record("a free lock of the kernel was not taken")
      return
    }
    claim.finish()
    #expect(!FileManager.default.fileExists(atPath: folder.path("store/leased")))
    let leases = ArtifactStore(root: folder.path("store"), isDurable: false, locks: .leases)
    _ = try leases.hold()
    #expect(FileManager.default.fileExists(atPath: folder.path("store/leased")))
    #expect(leases.takeNotices().isEmpty)
  }

  private func store(on host: String, _ locks: MachineFiles.Locks) -> ArtifactStore {
    store(on: MachineFiles(host: host, locks: locks))
  }

  private func store(on machine: MachineFiles) -> ArtifactStore {
    ArtifactStore(root: folder.path("store"), isDurable: false, files: machine)
  }

  /// Makes the files of a folder of the store look as if they were last touched so many seconds ago.
  private func age(_ name: String, by seconds: Double) throws {
    for file in try names(name) {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -seconds)],
        ofItemAtPath: folder.path("store/\(name)/\(file)"))
    }
  }

  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: self.folder.path("store/\(folder)"))
  }

  private func claimed(_ outcome: ClaimOutcome) -> KeyClaim? {
    if case .claimed(let claim) = outcome { claim } else { nil }
  }
}
