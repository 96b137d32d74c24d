import Artifacts
import Diagnostics
import Digests
import Dispatch
import Fixtures
import Foundation
import LyingDisks
import Pipelines
import Synchronization
import Testing
import ToyStages

/// Runs of several machines on one store whose file system has no locks.
@Suite struct SharedStoreTests {
  private let workshop: Workshop

  init() throws { workshop = try Workshop(definition: Workshop.cut) }

  @Test(arguments: MachineFiles.Locks.allCases)
  func `of two machines that run one definition at once, each stage is done by one`(
    locks: MachineFiles.Locks
  ) throws {
    let plan = try workshop.plan(Workshop.cut)
    try meetEachOther(locks)
    let reports = Mutex<[RunReport]>([])
    DispatchQueue.concurrentPerform(iterations: 3) { number in
      let report = try? workshop.run(plan, in: store(on: "machine-\(number)", locks), jobs: 2)
      if let report { reports.withLock { $0.append(report) } }
    }
    let all = reports.withLock { $0 }
    #expect(all.count == 3 && all.allSatisfy { $0.failed == 0 })
    #expect(Set(all.map(\.keys)).count == 1)
    #expect(all.reduce(0) { $0 + $1.ran } == plan.stages.count)
    #expect(workshop.reopened().verifyAll().isSound)
  }

  @Test(arguments: ["stubborn", "patient"])
  func `work that was halted and taken over is done twice at most, and the first record stays`(
    kind: String
  ) throws {
    let text = """
      [stage.read]
      path = "letters.txt"

      [stage.work]
      kind = "\(kind)"
      from = "read"
      """
    let catalog = StageCatalog([ToyRead.self, Patient.self, Stubborn.self])
    let plan = try #require(
      Plan.read(
        Array(text.utf8), file: workshop.folder.path("toy.toml"), overlay: [], catalog: catalog
      ).plan)
    let machine = MachineFiles(host: "a", locks: .refused)
    let first = store(on: machine)
    let other = Mutex<RunReport?>(nil)
    let halted = Halted(at: "work") {
      machine.isHalted = true
      try age(first)
      let report = try workshop.run(plan, in: store(on: "b", .refused))
      other.withLock { $0 = report }
      machine.isHalted = false
      try first.lease().beat()
    }
    let runner = Runner(
      plan: plan, store: first, jobs: 1, cores: 1, interruption: Interruption(), observer: halted)
    let report = try runner.run(plan.cone(of: []))
    let theirs = try #require(other.withLock { $0 })
    #expect(theirs.ranStages == ["work"])
    // Work that asks whether to stop is not done twice; other work is, and changes nothing.
    #expect(report.outcomes["work"] == (kind == "patient" ? "cached" : "ran"))
    #expect(report.stages.map(\.record) == theirs.stages.map(\.record))
    #expect(report.stages.allSatisfy { $0.record != nil })
    #expect(workshop.reopened().verifyAll().isSound)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(first.root)/partial").isEmpty)
  }

  private func store(on host: String, _ locks: MachineFiles.Locks) -> ArtifactStore {
    store(on: MachineFiles(host: host, locks: locks))
  }

  private func store(on machine: MachineFiles) -> ArtifactStore {
    ArtifactStore(root: workshop.store.root, isDurable: false, files: machine)
  }

  /// Lets two machines meet in one lock, so that all know what keeps them apart.
  private func meetEachOther(_ locks: MachineFiles.Locks) throws {
    let key = BLAKE3.digest(of: "met")
    let claim = try store(on: "first", locks).tryClaim(key, holder: "process 1 on first")
    _ = try store(on: "second", locks).tryClaim(key, holder: "process 1 on second")
    withExtendedLifetime(claim) {}
  }

  /// Makes all processes look as if they had not run for two minutes.
  private func age(_ store: ArtifactStore) throws {
    let folder = "\(store.root)/leases"
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -120)], ofItemAtPath: "\(folder)/\(name)")
    }
  }
}

/// Does something when a stage says something.
private final class Halted: RunObserver {
  private let stage: String
  private let meanwhile: @Sendable () throws -> Void

  init(at stage: String, _ meanwhile: @escaping @Sendable () throws -> Void) {
    self.stage = stage
    self.meanwhile = meanwhile
  }

  func observe(_ event: RunEvent) {
    guard case .said(stage, _) = event else { return }
    #expect(throws: Never.self) { try meanwhile() }
  }
}

/// A text as it is; the work on it asks whether to stop.
private struct Patient: ToyStage {
  static let kind = "patient"
  let from: StageInput

  init(from options: inout StageOptions) { from = options.input("from", .text, "a text") }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    work.say("at work")
    guard !work.shouldStop else { return .stopped }
    try work.commit(text(work), to: outputs[0])
    return .finished
  }

  func text(_ work: StageWork) throws(Diagnostic) -> String { try work.text(of: from) }
}

/// A text as it is; the work on it is never in doubt.
private struct Stubborn: ToyStage {
  static let kind = "stubborn"
  let from: StageInput

  init(from options: inout StageOptions) { from = options.input("from", .text, "a text") }

  func text(_ work: StageWork) throws(Diagnostic) -> String {
    work.say("at work")
    return try work.text(of: from)
  }
}
