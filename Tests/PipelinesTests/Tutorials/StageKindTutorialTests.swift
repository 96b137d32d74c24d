import Diagnostics
import Fixtures
import Pipelines
import Testing
import ToyStages

/// The tutorial "Add a stage kind": its code is this file's and `Head.swift`'s.
struct StageKindTutorialTests {
  private let tutorial: Tutorial
  private let workshop: Workshop

  init() throws {
    tutorial = try Tutorial("Sources/Pipelines/Pipelines.docc/AddAStageKind.md")
    workshop = try Workshop(files: [
      "poem.txt": "Whose woods are these\nI think I know\nHis house is in the village though\n"
    ])
  }

  @Test func `the kind keeps the first lines, and is cached`() throws {
    let catalog = StageCatalog([ToyRead.self, Head.self])
    let definition = try #require(tutorial.blocks("toml").first)
    let reading = Plan.read(
      Array(definition.utf8), file: workshop.folder.path("head.toml"), overlay: [],
      catalog: catalog)
    let plan = try #require(reading.plan)
    let first = try run(plan)
    #expect(first.ranStages == ["read", "head"])
    #expect(try text(of: first, "head") == "Whose woods are these\nI think I know\n")
    #expect(try run(plan).ranStages == [])
  }

  @Test func `the tutorial shows code that is compiled`() throws {
    let files = ["Head.swift", "StageKindTutorialTests.swift"]
    #expect(
      try tutorial.swiftMissing(from: files.map { "Tests/PipelinesTests/Tutorials/\($0)" }) == [])
    #expect(tutorial.blocks("swift").count == 3)
  }

  private func run(_ plan: Plan) throws -> RunReport { try workshop.run(plan) }

  private func text(of report: RunReport, _ stage: String) throws -> String {
    try workshop.text(of: report, stage)
  }
}
