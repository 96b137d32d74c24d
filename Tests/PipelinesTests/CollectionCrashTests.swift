import Artifacts
import Diagnostics
import Digests
import Fixtures
import Foundation
import LyingDisks
import Pipelines
import Synchronization
import Testing
import ToyStages

/// Collecting garbage that ends in its middle, and beside runs.
@Suite struct CollectionCrashTests {
  private static let policy: CollectionPolicy = {
    var policy = CollectionPolicy.strict
    policy.byteCount = 12
    return policy
  }()

  @Test func `a process that ends at any step of it leaves a good store`() throws {
    var step = 0
    var isOver = false
    while !isOver {
      let workshop = try Workshop(definition: Workshop.cut)
      for times in [5, 6, 1] {
        try workshop.run(Workshop.cut, set: ["append.times=\(times)"])
      }
      try workshop.folder.write("store/partial/\(BLAKE3.digest(of: "left"))/checkpoint", "state")
      let process = EndingProcess(before: step)
      let dying = ArtifactStore(root: workshop.store.root, files: process)
      _ = try? CollectionPlan.carryOut(in: dying, Self.policy)
      isOver = !process.hasEnded
      let next = workshop.reopened()
      #expect(next.verifyAll().isSound, "step \(step)")
      #expect(try workshop.run(Workshop.cut, set: ["append.times=1"]).ran == 0, "step \(step)")
      let changed = try workshop.run(Workshop.cut, set: ["append.times=1", "cut.length=2"])
      #expect(try workshop.text(of: changed, "cut") == "LT", "step \(step)")
      #expect(try workshop.run(Workshop.cut, set: ["append.times=5"]).failed == 0)
      #expect(next.verifyAll().isSound, "step \(step)")
      step += 1
    }
    print("collecting garbage: \(step - 1) steps, each tried as the last")
    #expect(step > 20)
  }

  @Test(arguments: 0..<UInt64(6))
  func `beside runs it loses nothing that they use or have just made`(seed: UInt64) throws {
    let workshop = try Workshop(definition: Workshop.cut)
    let problems = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 5) { worker in
      var random = SeededNumbers(seed: seed &* 31 &+ UInt64(worker))
      let store = workshop.reopened()
      for _ in 0..<15 {
        do {
          if worker < 2 {
            _ = try CollectionPlan.carryOut(in: store, Self.policy)
          } else {
            try Self.runAndRead(workshop, store, using: &random)
          }
        } catch { problems.withLock { $0.append("\(error)") } }
      }
    }
    #expect(problems.withLock { $0 }.isEmpty)
    let after = workshop.reopened()
    #expect(after.verifyAll().isSound)
    #expect(try after.use().digests.isEmpty)
  }

  /// Runs with random options and reads every output, as long as its own hold lasts.
  private static func runAndRead(
    _ workshop: Workshop, _ store: ArtifactStore, using random: inout SeededNumbers
  ) throws {
    let hold = try store.hold()
    defer { withExtendedLifetime(hold) {} }
    let times = Int.random(in: 1...4, using: &random)
    let plan = try workshop.plan(
      Workshop.cut,
      set: ["append.times=\(times)", "cut.length=\(Int.random(in: 1...3, using: &random))"])
    let report = try workshop.run(plan, bytesOf: [4: ["text"]], in: store, jobs: 2)
    let made = report.stages.compactMap(\.record)
    guard report.failed == 0, made.count == 5 else {
      throw Diagnostic(Diagnostic.Message("\(report.outcomes)"))
    }
    for output in made.flatMap(\.outputs) {
      guard try store.isEvicted(output.digest) || store.isIntact(output.digest) else {
        throw Diagnostic(Diagnostic.Message("\(output.port) \(output.digest.short) is lost"))
      }
    }
    guard let cut = made.last?.output("text"), try store.isIntact(cut.digest) else {
      throw Diagnostic(Diagnostic.Message("what was asked for is not there"))
    }
  }
}
