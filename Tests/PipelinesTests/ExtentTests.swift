import Fixtures
import Pipelines
import Testing
import ToyStages

@Suite struct ExtentTests {
  static let definition = """
    [stage.read]
    path = "letters.txt"

    [stage.grow]
    from = "read"
    """

  let workshop: Workshop

  init() throws { workshop = try Workshop(files: ["letters.txt": "ab"]) }

  private func grow(_ rounds: Int) throws -> (text: String, summary: String) {
    let report = try workshop.run(Self.definition, set: ["grow.rounds=\(rounds)"])
    return (try workshop.text(of: report, "grow"), report.stages[1].summary)
  }

  @Test func `more rounds go on from the most there are`() throws {
    #expect(try grow(2) == ("ab..", "from 0"))
    #expect(try grow(5) == ("ab.....", "from 2"))
    #expect(try grow(4) == ("ab....", "from 2"))
    #expect(try grow(6) == ("ab......", "from 5"))
    #expect(try workshop.run(Self.definition, set: ["grow.rounds=2"]).ran == 0)
  }

  @Test func `another input starts from nothing`() throws {
    #expect(try grow(2).summary == "from 0")
    try workshop.folder.write("letters.txt", "abc")
    #expect(try grow(3) == ("abc...", "from 0"))
  }

  @Test func `the extent is said when it is what changed`() throws {
    _ = try grow(2)
    let assessment = try workshop.assess(Self.definition, set: ["grow.rounds=5"])
    #expect(assessment["grow"]?.causes.map(\.text) == ["rounds  2 → 5"])
  }
}
