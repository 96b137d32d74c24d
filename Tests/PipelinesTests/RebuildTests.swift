import Artifacts
import Diagnostics
import Digests
import Files
import Fixtures
import Pipelines
import Testing
import ToyStages

/// Recorded stages, computed again and compared with what is stored.
@Suite struct RebuildTests {
  private static let definition = """
    \(Workshop.appended)

    [stage.deal]
    from = "append"

    [stage.grow]
    from = "deal.test"
    rounds = 3
    """

  private let workshop: Workshop
  private let plan: Plan

  init() throws {
    workshop = try Workshop(files: ["letters.txt": "some\nletters"])
    plan = try workshop.plan(Self.definition)
  }

  @Test func `what is as it was is the same, and leaves nothing behind`() throws {
    try workshop.run(plan)
    let before = (try workshop.store.recordKeys(), try workshop.store.objectDigests())
    for stage in plan.stages {
      guard case .same = try outcome(of: stage.name) else {
        Issue.record("\(stage.name) is not the same")
        continue
      }
    }
    #expect(try workshop.store.recordKeys() == before.0)
    #expect(try workshop.store.objectDigests() == before.1)
    #expect(try workshop.store.unfinishedWork().isEmpty)
    #expect(try workshop.store.runs().count == 1)
  }

  @Test func `the first line and byte that differ are named, and the record stays`() throws {
    let key = try record("append", giving: ["text": "some\nletterz!1.0"])
    guard case .different(let differences) = try outcome(of: "append") else {
      Issue.record("no difference")
      return
    }
    let difference = try #require(differences.first)
    #expect(differences.count == 1)
    #expect(difference.recorded.port == "text")
    #expect(difference.computed?.digest == BLAKE3.digest(of: "some\nletters!1.0"))
    #expect(difference.difference?.offset == 11)
    #expect(difference.difference?.place?.line == 2)
    #expect(difference.difference?.place?.byte == 7)
    #expect(
      try workshop.store.record(for: key)?.outputs.first?.digest
        == BLAKE3.digest(of: "some\nletterz!1.0"))
    // What follows is compared with what its recorded input gives.
    try workshop.run(plan)
    guard case .same = try outcome(of: "deal") else {
      Issue.record("deal gave something else from the same input")
      return
    }
  }

  @Test func `a longer training is compared with one from the start`() throws {
    try workshop.run(try workshop.plan(Self.definition, set: ["grow.rounds=1"]))
    #expect(try workshop.run(plan).stages.last?.summary == "from 1")
    guard case .same = try outcome(of: "grow") else {
      Issue.record("grow is not the same")
      return
    }
  }

  @Test func `bytes that are gone are made again where they are read`() throws {
    let first = try workshop.run(plan)
    for stage in ["read", "append", "deal", "grow"] {
      let outputs = first.stages.first { $0.stage == stage }?.record?.outputs ?? []
      try workshop.store.evict(outputs.map(\.digest))
    }
    guard case .same = try outcome(of: "deal") else {
      Issue.record("deal is not the same")
      return
    }
    let assessment = try Assessment(of: plan, in: workshop.store)
    #expect(assessment["append"]?.evicted == [])
    #expect(assessment["grow"]?.evicted == ["text"])
  }

  @Test func `a stage that has not run has nothing to be compared with`() throws {
    guard case .unrecorded = try outcome(of: "deal") else {
      Issue.record("deal has not run")
      return
    }
  }

  @Test func `a stage that fails now says why`() throws {
    try workshop.run(plan)
    let failing = try workshop.plan(Self.definition, set: ["append.failing=1"])
    guard case .failed(let problem) = try outcome(of: "append", in: failing) else {
      Issue.record("it did not fail")
      return
    }
    #expect(problem.message.problem == "told to fail")
  }

  @Test(
    arguments: [
      ("same", "same", nil, nil), ("", "", nil, nil), ("abc", "abd", 2, [1, 3]),
      ("abc", "ab", 2, [1, 3]), ("", "x", 0, [1, 1]), ("a\nb\nc", "a\nb\nd", 4, [3, 1]),
      ("a\nb", "a\nb\n", 3, [2, 2]), ("\0a", "\0b", 1, nil),
    ] as [(String, String, Int?, [Int]?)])
  func `contents differ first`(first: String, second: String, offset: Int?, place: [Int]?) {
    let found = ContentDifference(between: first.utf8.span, and: second.utf8.span)
    #expect(found?.offset == offset)
    #expect(found?.place.map { [$0.line, $0.byte] } == place)
  }

  private func outcome(of name: String, in other: Plan? = nil) throws -> RebuildOutcome {
    let plan = other ?? plan
    let rebuild = Rebuild(
      of: plan, in: workshop.reopened(), cores: 1, interruption: Interruption(), observer: Heard())
    return try rebuild.outcome(of: try #require(plan[name]))
  }

  /// Records outputs as if the stage had once given them.
  private func record(_ stage: String, giving contents: [String: String]) throws -> Digest {
    let other = try Workshop(files: ["letters.txt": "some\nletters"])
    let report = try other.run(try other.plan(Self.definition))
    try workshop.run(plan, stages: ["read"])
    var outputs: [RecordedOutput] = []
    for (port, content) in contents {
      var draft = try workshop.store.makeDraft()
      try draft.write(content)
      let object = try draft.commit()
      outputs.append(
        RecordedOutput(
          port: port, type: "text", digest: object.digest, byteCount: object.byteCount))
    }
    let key = try #require(report.stages.first { $0.stage == stage }?.key)
    return try workshop.store.commit(Record(keyText: key.text, outputs: outputs)).key
  }
}
