import Diagnostics
import Foundation
import Pipelines
import Testing
import ToyStages

@Suite struct KeyTests {
  static let definition = """
    name = "toy"
    seed = 7

    [stage.read]
    path = "letters.txt"

    [stage.append]
    from = "read"
    suffix = "à la \\"carte\\"\\n"
    times = 2
    weight = 1e-7
    case = "upper"
    marks = ["a", "b c"]

    [stage.deal]
    from = "append"

    [stage.shout]
    from = "deal"

    [stage.grow]
    from = "shout.train"
    rounds = 4

    [stage.learn]
    from = "grow"

    [stage.score]
    from = "shout.test"
    model = "learn"
    """

  let workshop: Workshop

  init() throws { workshop = try Workshop(files: ["letters.txt": "letters\n"]) }

  @Test func `stages of one kind share the lines of options at their defaults, and no others`()
    throws
  {
    let plan = try workshop.plan(
      """
      [stage.read]
      path = "letters.txt"
      [stage.one]
      kind = "append"
      from = "read"
      times = 2
      [stage.two]
      kind = "append"
      from = "one"
      times = 2
      """)
    let (one, two) = (plan.stages[1].keyLines, plan.stages[2].keyLines)
    #expect(one.map(\.name) == two.map(\.name))
    let shared = zip(one, two).filter { $0 === $1 }.map(\.0.name)
    #expect(shared == ["suffix", "weight", "case", "marks"])
    #expect(one[0].place?.line == 5 && two[0].place?.line == 9)
  }

  @Test func `a key is readable text with every option and every input's digest`() throws {
    let report = try workshop.run(Self.definition)
    let key = try #require(report.stages.first { $0.stage == "append" }?.key)
    let letters = "5942cdf62e10e22a65b9dd0d7080ef0704a763756d8a5c2f556bbc049f9b5c4a"
    #expect(
      key.text == """
        kind    append 1
        from    b3:\(letters)
        suffix  "à la \\"carte\\"\\n"
        times   2
        weight  1e-07
        case    upper
        marks   [a, "b c"]

        """)
  }

  /// A changed digest here means that every store in the world is stale: it must be meant.
  @Test func `the keys of a fixed definition stay what they are`() throws {
    let report = try workshop.run(Self.definition)
    let golden = [
      "read": "fb7e0f85c6a72d793d40147a4418f38779cd89d41491f62d9592557e626e1b85",
      "append": "23d8acdd543a042e1e4bd9a5c0b165ae38226afcaebb889c2ce071185657c96e",
      "deal": "4065ff67f0a2cfbe0bba3c0c3bcf0d4dc3ab928bdb10922678139a2885a26066",
      "shout": "9826debc49ab1dde62e139d54552bbc7222b2dcabb8d98802ab210bce5fc0110",
      "grow": "d5469f60ab6b5b4b7ec5ad7b8c1d368a19ac97ad695b45ad31248964d7e37e73",
      "learn": "36f5d346751b50810924e42bf31f09ad262c78d6a3c3e7ab9c68b0e508a85964",
      "score": "abfc229bf960dc43e929b443a914b8c8fa6dedbc4644725875a04565c5f46c11",
    ]
    #expect(report.keys == golden)
  }

  @Test(arguments: [
    ("weight = 1e-7", "weight = 0.0000001"), ("times = 2", "times = 2.0"),
    ("times = 2\n", "times = 2\ncase = \"kept\"\n".replacing("case = \"kept\"\n", with: "")),
    ("name = \"toy\"", "name = \"other\""), ("marks =", "failing = 0\nmarks ="),
    ("[stage.append]", "# a comment\n[stage.append]"), ("rounds = 4", "'rounds'=0x4"),
    ("case = \"upper\"\n", "\"case\" = 'upper' # as it was\n"),
  ])
  func `spelling, names and comments are not in keys`(change: (String, String)) throws {
    let before = try workshop.run(Self.definition)
    let after = try workshop.run(Self.definition.replacing(change.0, with: change.1))
    #expect(after.keys == before.keys)
    #expect(after.ran == 0)
  }

  @Test func `a default has the same key as the same value written out`() throws {
    let short = "[stage.read]\npath = \"letters.txt\"\n[stage.append]\nfrom = \"read\"\n"
    let long = short + "suffix = \"!\"\ntimes = 1\nweight = 1\ncase = \"kept\"\nmarks = []\n"
    #expect(try workshop.run(short).keys == workshop.run(long).keys)
  }

  @Test func `one text and a list of one text are one key`() throws {
    let definition = Self.definition.replacing(#"["a", "b c"]"#, with: #"["a"]"#)
    let single = Self.definition.replacing(#"["a", "b c"]"#, with: #""a""#)
    #expect(try workshop.run(definition).keys == workshop.run(single).keys)
  }

  @Test(arguments: [
    ("times = 2", "times = 3"), ("weight = 1e-7", "weight = 2e-7"), ("\"upper\"", "\"kept\""),
    ("\"b c\"", "\"bc\""), ("carte", "cart"),
  ])
  func `any other value gives another key`(change: (String, String)) throws {
    let before = try workshop.run(Self.definition)
    let after = try workshop.run(Self.definition.replacing(change.0, with: change.1))
    #expect(after.keys["append"] != before.keys["append"])
    #expect(after.keys["read"] == before.keys["read"])
  }

  @Test func `the seed is in the keys of those that draw random numbers only`() throws {
    let before = try workshop.run(Self.definition)
    let after = try workshop.run(Self.definition.replacing("seed = 7", with: "seed = 8"))
    let changed = before.keys.keys.filter { before.keys[$0] != after.keys[$0] }
    #expect(changed == ["learn"])
  }

  @Test(arguments: [
    ["kind", "from"], ["kind", "files.my source", "files.target"], ["kind", "a  b", "ünï cødé"],
    ["kind", " leading", "as long as can be"],
  ])
  func `a key's text gives its lines back, whatever their names`(names: [String]) {
    let lines = names.enumerated().map { StageKey.Line(name: $1, value: "value  \($0) \"x\"") }
    let key = StageKey(lines: lines)
    #expect(StageKey.lines(of: key.text) == lines)
  }

  @Test func `a stage of another name and place has the same key`() throws {
    let report = try workshop.run(Self.definition)
    let tables = Self.definition.components(separatedBy: "\n\n")
    let moved = ([tables[0]] + tables.dropFirst().reversed()).joined(separator: "\n\n")
      .replacing("stage.append", with: "stage.behind").replacing("\"append\"", with: "\"behind\"")
      .replacing("[stage.behind]", with: "[stage.behind]\nkind = \"append\"")
    let after = try workshop.run(moved)
    #expect(after.ran == 0)
    #expect(after.keys["behind"] == report.keys["append"])
    #expect(after.stages.map(\.stage) != report.stages.map(\.stage))
  }
}
