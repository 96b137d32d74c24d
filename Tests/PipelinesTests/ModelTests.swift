import Artifacts
import Fixtures
import Testing

/// The engine against a plain evaluator: every artifact, and the least work, after any history.
@Suite struct ModelTests {
  @Test(arguments: Effort.seeds(24, atNight: 4_000))
  func `after any edits, failures and losses every artifact is right and nothing runs needlessly`(
    seed: UInt64
  ) throws {
    var random = SeededNumbers(seed: seed)
    var history = try ModelHistory(
      stageCount: .random(in: 2...9, using: &random), using: &random)
    for _ in 0..<14 {
      try history.runAndCompare(using: &random)
      for _ in 0..<Int.random(in: 0...2, using: &random) { try history.keepHouse(using: &random) }
      try history.edit(using: &random)
    }
    history.expectSound()
    #expect(try history.store.use().digests.isEmpty)
  }
}
