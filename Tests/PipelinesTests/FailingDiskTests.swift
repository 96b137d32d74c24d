import Artifacts
import Diagnostics
import Digests
import Fixtures
import Formats
import Foundation
import LyingDisks
import Pipelines
import Testing
import ToyStages

/// Every call to the system that a run makes, failing in every way; and some of what else writes.
@Suite struct FailingDiskTests {
  static let codes = [EIO, ENOSPC, EDQUOT, EROFS, EMFILE, EACCES]

  /// A way to fail; every call is tried with each at night, with one of them by day.
  private struct Failure {
    let code: Int32
    let isLasting: Bool

    static let all = [false, true].flatMap { isLasting in
      codes.map { Failure(code: $0, isLasting: isLasting) }
    }
  }

  @Test func `a run of which any call fails loses nothing that it recorded`() throws {
    let definition = Workshop.appended
    let reference = try Workshop(definition: definition)
    let outputs = DiskHistory.outputs(of: try reference.run(definition))
    var call = 0
    var hasFailed = true
    while hasFailed {
      for failure in Effort.isNightly ? Failure.all : [Failure.all[call % Failure.all.count]] {
        let workshop = try Workshop(definition: definition)
        let plan = try workshop.plan(definition)
        let files = FailingFiles(call: call, with: failure.code, isLasting: failure.isLasting)
        let failing = ArtifactStore(root: workshop.store.root, files: files)
        let report = try? workshop.run(plan, in: failing)
        hasFailed = files.hasFailed
        let told = report?.stages.filter { $0.outcome.name == "ran" }.compactMap(\.key) ?? []
        try expectGood(workshop, plan, outputs, Set(told), "\(failure) of call \(call)")
      }
      call += 1
    }
    print("a run: \(call - 1) calls, each failing")
    #expect(call > 100)
  }

  /// What else writes into a store.
  enum Command: CaseIterable {
    case collect, evict, pin, unpin, keepRoot, journal, verify, assess
  }

  @Test(arguments: Command.allCases, codes)
  func `a command of which any call fails leaves all sound and recorded`(
    command: Command, code: Int32
  ) throws {
    var random = SeededNumbers(seed: UInt64(code))
    var call = Effort.isNightly ? 0 : Int.random(in: 0..<48, using: &random)
    var hasFailed = true
    while hasFailed {
      let workshop = try Workshop(definition: DiskHistory.definition)
      for edit in DiskHistory.edits { try workshop.run(DiskHistory.definition, set: edit) }
      let plan = try workshop.plan(DiskHistory.definition, set: DiskHistory.edits[2])
      let outputs = DiskHistory.outputs(of: try workshop.run(plan, in: workshop.reopened()))
      try Pin(name: "kept", about: "a pin").save(in: workshop.store)
      let files = FailingFiles(call: call, with: code, isLasting: false)
      let failing = ArtifactStore(root: workshop.store.root, files: files)
      try? Self.carryOut(command, plan, failing)
      hasFailed = files.hasFailed
      let note: Comment = "\(command): error \(code) of call \(call)"
      let current = Set(try Assessment(of: plan, in: workshop.reopened()).stages.compactMap(\.key))
      #expect(current.count == plan.stages.count, note)
      try expectGood(workshop, plan, outputs, current, note)
      call += Effort.isNightly ? 1 : Int.random(in: 1..<96, using: &random)
    }
  }

  private static func carryOut(
    _ command: Command, _ plan: Plan, _ store: ArtifactStore
  ) throws {
    switch command {
    case .collect:
      var policy = CollectionPolicy.strict
      policy.byteCount = 20
      _ = try CollectionPlan.carryOut(in: store, policy)
    case .evict: try store.evict(store.objectDigests().prefix(2))
    case .pin: try Pin(name: "kept", about: "another").save(in: store)
    case .unpin: try store.removePin(named: "kept")
    case .keepRoot: store.setRoot(named: "other", to: "looks\t1\n")
    case .journal: try store.startJournal(id: "1").append([["event": "started"]])
    case .verify: _ = store.verifyAll()
    case .assess: _ = try Assessment(of: plan, in: store)
    }
  }

  /// Checks what a failing disk left, now that it is well again.
  private func expectGood(
    _ workshop: Workshop, _ plan: Plan, _ outputs: [String: [Digest]], _ told: Set<StageKey>,
    _ note: Comment
  ) throws {
    let store = workshop.reopened()
    let left = StoreAfterFailure(store: store, note: note)
    left.expectSound()
    for key in told { #expect(try store.work(for: key.digest) != nil, note) }
    try left.expectRun(plan, of: workshop, gives: outputs)
  }
}
