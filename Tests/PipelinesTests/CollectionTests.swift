import Artifacts
import Diagnostics
import Digests
import Fixtures
import Foundation
import Pipelines
import Testing
import ToyStages

@Suite struct CollectionTests {
  private static let definition = """
    \(Workshop.appended)

    [stage.cut]
    from = "append"
    length = 3
    """

  private let workshop: Workshop

  init() throws { workshop = try Workshop(definition: Self.definition) }

  @Test func `the last results of a definition stay, earlier ones go when they are old`() throws {
    let old = try workshop.run(Self.definition, set: ["append.times=7"])
    try workshop.run(Self.definition)
    #expect(try plan(CollectionPolicy()).isEmpty)
    let plan = try carryOut(.strict)
    #expect(
      Set(plan.removed.map(\.record.key))
        == [try key("append", in: old), try key("cut", in: old)])
    #expect(Set(plan.removed.map(\.stage)) == ["append", "cut"])
    #expect(plan.runs.count == 2)
    #expect(try workshop.run(Self.definition).ran == 0)
    #expect(
      try workshop.run(Self.definition, set: ["append.times=7"]).ranStages == ["append", "cut"])
    #expect(workshop.store.verifyAll().isSound)
  }

  @Test func `showing the plan takes nothing`() throws {
    try workshop.run(Self.definition, set: ["append.times=7"])
    try workshop.run(Self.definition)
    let before = try workshop.store.objectDigests() + workshop.store.recordKeys()
    #expect(try !plan(.strict).isEmpty)
    #expect(try workshop.store.objectDigests() + workshop.store.recordKeys() == before)
  }

  @Test func `an object that a kept record shares with a removed one stays`() throws {
    // Cutting either gives the same bytes.
    try workshop.run(Self.definition, set: ["append.times=7", "cut.length=2"])
    try workshop.run(Self.definition, set: ["cut.length=2"])
    try carryOut(.strict)
    let report = try workshop.run(Self.definition, set: ["cut.length=2"])
    #expect(report.ran == 0)
    #expect(try workshop.text(of: report, "cut") == "le")
  }

  @Test func `the results of the last runs stay`() throws {
    try workshop.run(Self.definition, set: ["append.times=7"])
    try workshop.run(Self.definition)
    var policy = CollectionPolicy.strict
    policy.runCount = 2
    #expect(try plan(policy).isEmpty)
    policy.runCount = 1
    #expect(try plan(policy).removed.count == 2)
    #expect(try plan(policy).runs.count == 1)
  }

  @Test func `what the definition as written gives stays although it last ran with other options`()
    throws
  {
    try workshop.run(Self.definition)
    try workshop.run(Self.definition, set: ["append.times=7"])
    let current = try DefinitionRoot.currentKeys(in: workshop.store, catalog: ToyKinds.catalog)
    #expect(try CollectionPlan(of: workshop.store, .strict, current: current).removed.isEmpty)
    #expect(try plan(.strict).removed.count == 2)
  }

  @Test func `a definition that is no more keeps nothing`() throws {
    try workshop.run(Self.definition)
    try FileManager.default.removeItem(atPath: workshop.folder.path("toy.toml"))
    let plan = try carryOut(.strict)
    #expect(plan.goneRoots.map(\.path) == [workshop.folder.path("toy.toml")])
    #expect(plan.removed.count == 3 && plan.after == 0)
    #expect(try workshop.store.objectDigests().isEmpty && workshop.store.recordKeys().isEmpty)
    #expect(try self.plan(.strict).isEmpty)
  }

  @Test func `pins keep work, artifacts and runs until they are taken away`() throws {
    let old = try workshop.run(Self.definition, set: ["append.times=7"])
    let run = try #require(try workshop.store.runs().first)
    try workshop.run(Self.definition)
    let append = try key("append", in: old)
    let object = try #require(try workshop.store.record(for: append)?.outputs.first?.digest)
    var byKey = Pin(name: "key", about: "append")
    byKey.keys = [append]
    var byObject = Pin(name: "object", about: "append.text")
    byObject.objects = [object]
    var byRun = Pin(name: "run", about: "the first run")
    byRun.runs = [run.name]
    for pin in [byKey, byObject, byRun] {
      try pin.save(in: workshop.store)
      #expect(try Pin.all(in: workshop.store).map(\.about) == [pin.about])
      #expect(try plan(.strict).removed.map(\.stage) == (pin.runs.isEmpty ? ["cut"] : []))
      #expect(try plan(.strict).runs.count == (pin.runs.isEmpty ? 2 : 1))
      try workshop.store.removePin(named: pin.name)
      #expect(try plan(.strict).removed.count == 2)
    }
  }

  @Test(arguments: ["pins", "roots", "runs"])
  func `nothing is collected while a text that keeps results is damaged`(folder: String) throws {
    try workshop.run(Self.definition, set: ["append.times=7"])
    try workshop.run(Self.definition)
    var pin = Pin(name: "best", about: "append")
    pin.keys = [BLAKE3.digest(of: "key")]
    try pin.save(in: workshop.store)
    let path = "\(workshop.store.root)/\(folder)"
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: path).first)
    var bytes = Array(try Data(contentsOf: URL(filePath: "\(path)/\(name)")))
    bytes[bytes.count / 3] ^= 1
    try workshop.folder.write("store/\(folder)/\(name)", bytes: bytes)
    let error = #expect(throws: Diagnostic.self) { try plan(.strict) }
    #expect(error?.message.problem.contains("is damaged") == true)
    #expect(error?.message.remedy != nil)
    let problems = workshop.store.problemsOfKeeping() + workshop.store.problemsOfUse()
    #expect(problems == [error])
    #expect(throws: Diagnostic.self) {
      try CollectionPlan.carryOut(in: workshop.reopened(), .strict)
    }
  }

  @Test func `a damaged or older root is written anew by the next run`() throws {
    try workshop.run(Self.definition)
    let name = try #require(try workshop.store.rootNames().first)
    guard case .whole(let text, true) = try workshop.store.root(named: name) else {
      Issue.record("no root was written")
      return
    }
    for other in [text, "nonsense"] {
      try workshop.folder.write("store/roots/\(name)", other)
      #expect(try workshop.run(Self.definition).ran == 0)
      #expect(try workshop.store.root(named: name) == .whole(text, hasChecksum: true))
    }
  }

  @Test(arguments: ["", ".", "..", "a/b", "a b", "a\n"])
  func `a pin's name must do for a file`(name: String) throws {
    #expect(throws: Diagnostic.self) {
      try Pin(name: name, about: "").save(in: workshop.store)
    }
  }

  @Test func `what another process uses stays`() throws {
    let old = try workshop.run(Self.definition, set: ["append.times=7"])
    try workshop.run(Self.definition)
    let other = workshop.reopened()
    let hold = try other.hold()
    let append = try key("append", in: old)
    #expect(try other.record(for: append) != nil)
    #expect(try plan(.strict).removed.isEmpty)
    #expect(try plan(.strict).kept.first?.reason == .inUse)
    // The journals are this process's, and it lives.
    #expect(try plan(.strict).runs.isEmpty)
    withExtendedLifetime(hold) {}
  }

  @Test func `a size is met by evicting what is cheapest to make again, never a result`() throws {
    let report = try workshop.run(Self.definition)
    let size = try plan(.strict).before
    var policy = CollectionPolicy.strict
    policy.byteCount = size - 1
    #expect(try plan(policy).evicted.count == 1)
    policy.byteCount = 0
    let plan = try carryOut(policy)
    #expect(Set(plan.evicted.compactMap(\.stage)) == ["read", "append"])
    #expect(plan.excess == 3 && plan.after == 3)
    let prices = plan.evicted.map { $0.record.seconds / Double($0.byteCount) }
    #expect(prices == prices.sorted())
    #expect(try workshop.run(Self.definition).ran == 0)
    #expect(try workshop.text(of: report, "cut") == "let")
    #expect(workshop.store.verifyAll().isSound)
  }

  @Test func `kept types and the types of results are not evicted`() throws {
    try workshop.run(Self.definition)
    var policy = CollectionPolicy.strict
    policy.byteCount = 0
    policy.resultTypes = ["text"]
    #expect(try plan(policy).evicted.isEmpty && plan(policy).excess > 0)
    policy.resultTypes = []
    policy.keptTypes = ["text"]
    #expect(try plan(policy).evicted.isEmpty)
  }

  @Test func `without removing records only bytes go`() throws {
    try workshop.run(Self.definition, set: ["append.times=7"])
    try workshop.run(Self.definition)
    var policy = CollectionPolicy.strict
    policy.removesRecords = false
    policy.byteCount = 3
    let plan = try carryOut(policy)
    #expect(plan.removed.isEmpty && plan.runs.isEmpty && plan.evicted.count == 3)
    #expect(try workshop.run(Self.definition, set: ["append.times=7"]).ran == 0)
  }

  @Test func `checkpoints that nobody continues go, unless somebody is at them`() throws {
    let key = BLAKE3.digest(of: "unfinished")
    guard case .claimed(let claim) = try workshop.store.tryClaim(key, holder: "a run") else {
      Issue.record("the key is claimed already")
      return
    }
    try Data("state".utf8).write(to: URL(filePath: "\(claim.folder)/checkpoint"))
    #expect(try plan(.strict).unfinished.isEmpty)
    withExtendedLifetime(claim) {}
    try workshop.folder.write("store/partial/\(BLAKE3.digest(of: "left"))/checkpoint", "state")
    let plan = try carryOut(.strict)
    #expect(plan.unfinished.map(\.key) == [BLAKE3.digest(of: "left")])
    #expect(try workshop.store.unfinishedWork().map(\.key) == [key])
  }

  @Test func `why work failed stays for a table to say, its checkpoints go`() throws {
    let key = BLAKE3.digest(of: "failed")
    func fail() throws {
      guard case .claimed(let claim) = try workshop.store.tryClaim(key, holder: "a run") else {
        Issue.record("the key is claimed already")
        return
      }
      try Data("state".utf8).write(to: URL(filePath: "\(claim.folder)/checkpoint"))
      claim.recordFailure("not finite", keepingState: true)
    }
    try fail()
    #expect(try carryOut(.strict).unfinished.map(\.byteCount) == [5])
    #expect(try workshop.store.failure(of: key)?.failure == "not finite")
    #expect(try workshop.store.unfinishedWork().map(\.stateByteCount) == [0])
    #expect(try plan(.strict).unfinished.isEmpty)
    var policy = CollectionPolicy.strict
    policy.reasonSeconds = 0
    try carryOut(policy)
    #expect(try workshop.store.unfinishedWork().isEmpty)
  }

  private func plan(_ policy: CollectionPolicy) throws -> CollectionPlan {
    try CollectionPlan(of: workshop.reopened(), policy)
  }

  @discardableResult
  private func carryOut(_ policy: CollectionPolicy) throws -> CollectionPlan {
    try CollectionPlan.carryOut(in: workshop.reopened(), policy)
  }

  private func key(_ stage: String, in report: RunReport) throws -> Digest {
    try #require(report.stages.first { $0.stage == stage }?.key?.digest)
  }
}

extension CollectionPolicy {
  /// What is neither pinned nor a definition's goes at once.
  static let strict: Self = {
    var policy = Self()
    policy.seconds = 0
    policy.runCount = 0
    return policy
  }()
}
