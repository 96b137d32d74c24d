import Artifacts
import Diagnostics
import Fixtures
import Pipelines
import Testing
import ToyStages

/// Test scores that a definition keeps for the end.
@Suite struct FinalTestTests {
  private static let stages = """
    [stage.read]
    path = "a.txt"
    [stage.deal]
    from = "read"
    [stage.shout]
    from = "deal.test"
    [stage.learn]
    from = "deal.train"
    [stage.score]
    from = "shout"
    model = "learn"

    """

  private func read(_ text: String, overlay: [GivenOverlay] = []) -> Plan.Reading {
    Plan.read(Array(text.utf8), file: "toy.toml", overlay: overlay, catalog: ToyKinds.catalog)
  }

  private func problems(_ text: String) -> [Diagnostic] {
    if case .problems(let problems) = read(text) { problems } else { [] }
  }

  @Test func `stages that score test rows, and what only they need, are kept for the end`() throws {
    let kept = try #require(read("test = \"final\"\n" + Self.stages).plan)
    #expect(kept.stages.map(\.name) == ["read", "deal", "learn"])
    #expect(kept.keptForEnd == ["shout", "score"])
    #expect(kept.warnings.isEmpty)
    let error = #expect(throws: Diagnostic.self) { try kept.cone(of: ["score"]) }
    #expect(error?.message.remedy?.hasPrefix("add --final") == true)
  }

  @Test(arguments: ["", "test = \"open\"\n"])
  func `without it nothing is kept`(_ start: String) throws {
    let open = try #require(read(start + Self.stages).plan)
    #expect(open.stages.count == 5)
    #expect(open.keptForEnd.isEmpty)
    #expect(!open.definition.showsKeptTest)
  }

  @Test func `final brings them back, and is no setting`() throws {
    let shown = try #require(
      read("test = \"final\"\n" + Self.stages, overlay: [.final]).plan)
    #expect(shown.stages.count == 5)
    #expect(shown.definition.showsKeptTest)
    #expect(shown.definition.settings.isEmpty)
  }

  @Test(arguments: [
    ("test = \"finale\"\n", "'finale' is no test; did you mean 'final'?"),
    ("test = 1\n", "test wants \"open\" or \"final\", but this is an integer"),
  ])
  func `anything else is refused`(_ start: String, problem: String) {
    #expect(problems(start + Self.stages).map(\.message.problem) == [problem])
  }

  @Test func `a definition that scores no test rows has nothing to keep`() {
    let text = "test = \"final\"\n" + Self.stages.replacing("deal.test", with: "deal.train")
    #expect(
      problems(text).map(\.message.problem)
        == ["test = \"final\" has nothing to keep: no stage scores rows of a part named test"])
  }

  @Test func `looks are counted beside the keys of the definition, which stay`() throws {
    let workshop = try Workshop(files: ["a.txt": "abcd"])
    let file = workshop.folder.path("toy.toml")
    let text = "test = \"final\"\n" + Self.stages
    let reading = Plan.read(
      Array(text.utf8), file: file, overlay: [.final], catalog: ToyKinds.catalog)
    let plan = try #require(reading.plan)
    try workshop.run(plan)
    #expect(try PreviousKeys.countLook(at: plan, in: workshop.store) == 1)
    try workshop.run(plan)
    #expect(try PreviousKeys.countLook(at: plan, in: workshop.store) == 2)
    #expect(try PreviousKeys(of: plan, in: workshop.store)["score"] != nil)
  }
}
