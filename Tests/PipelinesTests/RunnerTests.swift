import Artifacts
import Digests
import Formats
import Foundation
import Pipelines
import Testing
import ToyStages

@Suite struct RunnerTests {
  static let definition = """
    \(Workshop.appended)

    [stage.cut]
    from = "append"
    length = 3

    [stage.shout]
    from = "read"

    [stage.join]
    from = ["cut", "shout"]
    """

  let workshop: Workshop

  init() throws { workshop = try Workshop(files: ["letters.txt": "letters"]) }

  @Test func `only the wanted stages and what they need are run`() throws {
    let report = try workshop.run(try workshop.plan(Self.definition), stages: ["cut"])
    #expect(report.outcomes == ["read": "ran", "append": "ran", "cut": "ran"])
  }

  @Test(arguments: 1...3)
  func `a failed stage stops only what needs it`(jobs: Int) throws {
    let report = try workshop.run(Self.definition, set: ["append.failing=1"], jobs: jobs)
    #expect(
      report.outcomes == [
        "read": "ran", "append": "failed", "cut": "blocked", "shout": "ran", "join": "blocked",
      ])
    #expect(report.failed == 1)
    #expect(try workshop.run(Self.definition).ranStages == ["append", "cut", "join"])
  }

  @Test func `what a run tells of a stage's time is what is recorded`() throws {
    let report = try workshop.run(Self.definition)
    #expect(report.ranStages.count == report.stages.count)
    for stage in report.stages { #expect(stage.seconds == stage.record?.seconds) }
  }

  @Test func `equal bytes stop the cascade and say so`() throws {
    try workshop.run(Self.definition)
    let report = try workshop.run(Self.definition, set: ["append.times=7"])
    #expect(report.ranStages == ["append", "cut"])
    let reasons = report.stages.compactMap { stage in
      if case .cached(let reason?) = stage.outcome { "\(stage.stage): \(reason)" } else { nil }
    }
    #expect(reasons == ["join: cut gave the same bytes"])
  }

  @Test func `switching an option back runs nothing`() throws {
    let first = try workshop.run(Self.definition)
    try workshop.run(Self.definition, set: ["append.times=7", "cut.length=9"])
    let back = try workshop.run(Self.definition)
    #expect(back.ran == 0)
    #expect(back.keys == first.keys)
  }

  @Test func `an object damaged on the disk is set aside and made again`() throws {
    let report = try workshop.run(Self.definition)
    let output = try #require(report.stages.first { $0.stage == "append" }?.record?.output("text"))
    try workshop.damage(output.digest)
    let heard = Heard()
    let plan = try workshop.plan(Self.definition, set: ["cut.length=4"])
    let again = try workshop.run(plan, in: workshop.reopened(), observer: heard)
    #expect(again.ranStages == ["append", "cut", "join"])
    #expect(heard.notices.contains { $0.contains("damaged") })
    #expect(try workshop.text(of: again, "cut") == "lett")
  }

  @Test func `an interrupted run starts nothing new`() throws {
    let interruption = Interruption()
    interruption.request()
    let runner = Runner(
      plan: try workshop.plan(Self.definition), store: workshop.store, jobs: 2, cores: 2,
      interruption: interruption, observer: Heard())
    let report = try runner.run([0, 1, 2, 3, 4])
    #expect(report.stopped == 5)
    #expect(report.ran == 0)
  }

  @Test func `a run leaves a journal that ends with its counts`() throws {
    try workshop.run(Self.definition)
    let events = try #require(try workshop.store.runs().first?.events)
    #expect(events.first?["event"]?.stringValue == "started")
    #expect(events.count { $0["event"]?.stringValue == "stage" } == 5)
    #expect(events.last?["ran"]?.intValue == 5)
  }
}

extension Workshop {
  /// Flips a bit of a stored object.
  func damage(_ digest: Digest) throws {
    let hex = digest.description
    let url = URL(filePath: "\(store.root)/objects/\(hex.prefix(2))/\(hex.dropFirst(2))")
    var bytes = try Data(contentsOf: url)
    bytes[0] ^= 1
    try FileManager.default.removeItem(at: url)
    try bytes.write(to: url)
  }
}
