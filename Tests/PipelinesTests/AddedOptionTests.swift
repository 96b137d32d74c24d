import Diagnostics
import Pipelines
import Testing
import ToyStages

/// A kind that brews, in the words of the first version and of a later one.
private protocol Brewing: Stage {
  var texts: [String] { get }
}

extension Brewing {
  static var kind: String { "brew" }
  static var version: Int { 1 }
  static var manual: String { "brews" }
  var outputs: [Port] { [Port(.text)] }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    try work.commit(texts.joined(separator: " "), to: outputs[0])
    return .finished
  }
}

private struct Brew: Brewing {
  let texts: [String]

  init(from options: inout StageOptions) {
    texts = [options.text("leaf", default: "green", "what is brewed")]
  }
}

/// A kind after options of every sort were added to it.
private struct LaterBrew: Brewing {
  enum Pot: String, CaseIterable {
    case clay, iron
  }

  let texts: [String]

  init(from options: inout StageOptions) {
    let (flag, integer, number, pot) = options.added { options in
      (
        options.flag("sweet", default: false, "whether with sugar"),
        options.integer("minutes", default: 3, in: 1...60, "how long"),
        options.number("strength", default: 0.5, in: .fraction, "how strong"),
        options.choice("pot", default: Pot.clay, "in what")
      )
    }
    let leaf = options.text("leaf", default: "green", "what is brewed")
    let (note, herbs, cups, mark) = options.added { options in
      (
        options.text("note", default: "", "what is said"),
        options.texts("herbs", default: ["mint"], "what is added"),
        options.integers("cups", default: [1, 2], in: 1...9, "for whom"),
        options.byte("mark", default: "#", unset: "#", "what stands on it")
      )
    }
    texts = [
      leaf, "\(flag)", "\(integer)", "\(number)", "\(pot)", note, "\(herbs)", "\(cups)",
      "\(mark ?? 0)",
    ]
  }
}

/// What a model would remember of the brew that is read.
private struct Recount: Stage {
  static let kind = "recount"
  static let version = 1
  static let manual = "tells the options of its input"
  let from: StageInput

  init(from options: inout StageOptions) { from = options.input("from", .text, "the brew") }

  var outputs: [Port] { [Port(.text)] }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    let options = work.lineage(of: from)?.options ?? []
    try work.commit(
      options.map { "\($0.name)=\($0.value.spelling)" }.joined(separator: " "), to: outputs[0])
    return .finished
  }
}

struct AddedOptionTests {
  private static let before = StageCatalog([Brew.self, Recount.self])
  private static let after = StageCatalog([LaterBrew.self, Recount.self])

  private let workshop: Workshop

  init() throws { workshop = try Workshop() }

  private func plan(_ options: String, _ catalog: StageCatalog) throws -> Plan {
    let text = "[stage.brew]\n\(options)\n[stage.recount]\nfrom = \"brew\"\n"
    return try #require(
      Plan.read(Array(text.utf8), file: "p.toml", overlay: [], catalog: catalog).plan)
  }

  private func key(_ options: String, _ catalog: StageCatalog) throws -> String {
    let assessment = try Assessment(of: plan(options, catalog), in: workshop.store)
    return try #require(assessment["brew"]?.key).text
  }

  @Test(arguments: [
    "", "sweet = false", "minutes = 3", "minutes = 3.0", "strength = 0.5", "pot = \"clay\"",
    "note = \"\"", "herbs = \"mint\"", "cups = [1, 2]", "mark = \"#\"",
  ])
  func `an added option at its default, given or not, has the key from before`(
    option: String
  ) throws {
    #expect(try key(option, Self.after) == key("", Self.before))
    #expect(
      try key("leaf = \"black\"\n\(option)", Self.after) == key("leaf = \"black\"", Self.before))
  }

  @Test(arguments: [
    ("sweet = true", "sweet  true"), ("minutes = 4", "minutes  4"),
    ("strength = 1", "strength  1.0"), ("pot = \"iron\"", "pot   iron"),
    ("note = \"x\"", "note  x"),
    ("herbs = []", "herbs  []"), ("cups = 1", "cups  [1]"), ("mark = \"%\"", "mark  %"),
  ])
  func `any other value of it is a line of the key`(option: String, line: String) throws {
    let key = try key(option, Self.after)
    #expect(key.split(separator: "\n").map(String.init).contains(line))
    #expect(key.split(separator: "\n").count == 3)
  }

  @Test func `what ran before an option was added is a hit`() throws {
    try workshop.run(try plan("", Self.before))
    #expect(try workshop.run(try plan("minutes = 3", Self.after)).ran == 0)
  }

  @Test func `an explanation names the default that a key left out`() throws {
    func causes(_ options: String) throws -> [String]? {
      try Assessment(of: plan(options, Self.after), in: workshop.store)["brew"]?.causes.map(\.text)
    }
    try workshop.run(try plan("", Self.before))
    #expect(try causes("minutes = 5") == ["minutes  3 → 5"])
    try workshop.run(try plan("minutes = 5", Self.after))
    #expect(try causes("sweet = true") == ["sweet  false → true", "minutes  5 → 3"])
    #expect(try causes("minutes = 5") == [])
  }

  @Test func `a lineage holds what the key holds, so models stay the bytes they were`() throws {
    let report = try workshop.run(try plan("minutes = 3\nsweet = true", Self.after))
    #expect(try workshop.text(of: report, "recount") == "sweet=true leaf=green")
  }

  @Test func `recalling options from before an option was added reads its default`() {
    var options = StageOptions.recalling(
      LaterBrew.self, [("leaf", .text("black"))], resources: [])
    let brew = LaterBrew(from: &options)
    #expect(options.problems.isEmpty)
    #expect(
      brew.texts == ["black", "false", "3", "0.5", "clay", "", "[\"mint\"]", "[1, 2]", "35"])
  }
}
