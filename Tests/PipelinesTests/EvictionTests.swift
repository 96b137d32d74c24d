import Artifacts
import Diagnostics
import Files
import Fixtures
import Pipelines
import Testing
import ToyStages

/// Results whose bytes were given up on purpose.
@Suite struct EvictionTests {
  private static let definition = """
    \(Workshop.appended)

    [stage.deal]
    from = "append"

    [stage.cut]
    from = "deal.train"
    length = 4

    [stage.other]
    kind = "cut"
    from = "deal.test"
    length = 2
    """

  private let workshop: Workshop
  private let first: RunReport

  init() throws {
    workshop = try Workshop(files: ["letters.txt": "some letters"])
    first = try workshop.run(Self.definition)
  }

  @Test func `what nobody needs is still a hit`() throws {
    try evict("read", "append", "deal")
    #expect(try workshop.run(Self.definition).ran == 0)
    let assessment = try workshop.assess(Self.definition)
    #expect(assessment.stages.allSatisfy { $0.state == .cached })
    #expect(assessment["deal"]?.evicted == ["train", "test"])
    #expect(assessment["cut"]?.evicted == [])
  }

  @Test func `a stage that must run has what it reads made again, and no more`() throws {
    try evict("read", "append", "deal")
    let overlay = ["cut.length=5"]
    let assessment = try workshop.assess(Self.definition, set: overlay)
    #expect(assessment.stages.map(\.state) == [.run, .run, .run, .run, .cached])
    #expect(
      assessment["deal"]?.causes.map(\.text) == ["cut needs train, which was evicted"])
    let report = try workshop.run(Self.definition, set: overlay)
    #expect(report.ranStages == ["read", "append", "deal", "cut"])
    #expect(report.keys["other"] == first.keys["other"])
    #expect(try workshop.text(of: report, "cut").count == 5)
    #expect(try workshop.assess(Self.definition)["deal"]?.evicted == [])
  }

  @Test func `only the stages whose bytes are gone run again`() throws {
    try evict("deal")
    let report = try workshop.run(Self.definition, set: ["cut.length=5"])
    #expect(report.ranStages == ["deal", "cut"])
  }

  @Test func `outputs can be asked for although every stage is a hit`() throws {
    try evict("append", "cut")
    let plan = try workshop.plan(Self.definition)
    let report = try workshop.run(plan, stages: ["cut"], bytesOf: [3: ["text"]], jobs: 2)
    #expect(report.ranStages == ["cut"])
    #expect(try workshop.text(of: report, "cut").count == 4)
    #expect(try workshop.assess(Self.definition)["append"]?.evicted == ["text"])
  }

  @Test func `a training does not go on from one whose bytes were evicted`() throws {
    let definition = Self.definition + "\n[stage.grow]\nfrom = \"read\"\n"
    _ = try workshop.run(definition, set: ["grow.rounds=2"])
    let second = try workshop.run(definition, set: ["grow.rounds=3"])
    let outputs = second.stages.first { $0.stage == "grow" }?.record?.outputs ?? []
    try workshop.store.evict(outputs.map(\.digest))
    let third = try workshop.run(definition, set: ["grow.rounds=4"])
    #expect(third.stages.first { $0.stage == "grow" }?.summary == "from 2")
  }

  @Test func `damage to one input and eviction of another are both made good`() throws {
    try evict("other")
    let cut = try #require(first.stages.first { $0.stage == "cut" }?.record?.output("text"))
    try workshop.damage(cut.digest)
    let join = "\n[stage.join]\nfrom = [\"cut\", \"other\"]\n"
    let report = try workshop.run(Self.definition + join)
    #expect(report.ranStages == ["cut", "other", "join"])
    #expect(try workshop.text(of: report, "join").count == 6)
  }

  @Test(arguments: [1, 3])
  func `what a stage reads of its inputs' own inputs is made again too, and waited for`(
    jobs: Int
  ) throws {
    let catalog = StageCatalog([ToyRead.self, ToyAppend.self, ToyLearn.self, ToyRecall.self])
    let definition = """
      \(Workshop.appended)

      [stage.learn]
      from = "append"

      [stage.recall]
      from = "learn"
      """
    let reading = Plan.read(
      Array(definition.utf8), file: workshop.folder.path("toy.toml"), overlay: [], catalog: catalog)
    guard case .plan(let plan) = reading else {
      Issue.record("\(reading)")
      return
    }
    let before = try workshop.run(plan, stages: ["learn"])
    let outputs = before.stages.prefix(2).compactMap(\.record).flatMap(\.outputs)
    try workshop.store.evict(outputs.map(\.digest))
    let report = try workshop.run(plan, jobs: jobs)
    #expect(report.ranStages == ["read", "append", "recall"])
    #expect(try workshop.text(of: report, "recall") == "some letters!1.0")
  }

  private func evict(_ stages: String...) throws {
    let records = first.stages.filter { stages.contains($0.stage) }.compactMap(\.record)
    try workshop.store.evict(records.flatMap(\.outputs).map(\.digest))
  }
}

/// The text that a tally was learned from, which the tally's lineage names.
private struct ToyRecall: ToyStage {
  static let kind = "recall"
  let from: StageInput

  init(from options: inout StageOptions) {
    from = options.input("from", .tally, "what was learned")
  }

  func text(_ work: StageWork) throws(Diagnostic) -> String {
    guard let digest = work.lineage(of: from)?["from"]?.digest else { return "" }
    return String(decoding: try work.map(digest).contents, as: UTF8.self)
  }
}
