import Artifacts
import Diagnostics
import Digests
import Pipelines
import Testing
import ToyStages

/// A store as a failing disk or a power cut left it, now that the disk is well again.
struct StoreAfterFailure {
  let store: ArtifactStore
  /// What the failure was.
  let note: Comment

  /// Expects that nothing in it is damaged.
  func expectSound() {
    let problems =
      store.verifyAll().problems.map(\.description) + store.problemsOfKeeping().map(\.description)
    #expect(problems == [], note)
  }

  /// Runs a plan in it, and expects these outputs, and that nothing is computed that is recorded.
  func expectRun(_ plan: Plan, of workshop: Workshop, gives outputs: [String: [Digest]]) throws {
    let before = Set(try store.recordKeys().filter { try store.work(for: $0)?.evicted == [] })
    let report = try workshop.run(plan, in: store)
    #expect(report.failed == 0, note)
    #expect(DiskHistory.outputs(of: report) == outputs, note)
    for stage in report.stages where stage.outcome.name == "ran" {
      #expect(stage.key.map { before.contains($0.digest) } == false, note)
    }
    expectSound()
  }
}
