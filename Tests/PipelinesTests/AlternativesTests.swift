import Diagnostics
import Pipelines
import Testing

/// A kind whose options depend on what is chosen.
private struct Cook: Stage {
  static let kind = "cook"
  static let version = 1
  static let manual = "cooks"

  enum Dish { case soup, cake }

  init(from options: inout StageOptions) {
    _ = options.alternative(
      "dish", of: [("soup", Dish.soup), ("cake", .cake)], "what is cooked"
    ) { dish, options in
      let minutes = options.integer("minutes", default: 10, in: 1...99, "how long")
      let heat = options.integer("heat", default: dish == .soup ? 100 : 180, in: 1...300, "how hot")
      let icing = options.when(dish == .cake && heat > 150, "heat above 150") {
        $0.flag("icing", default: false, "whether it is iced")
      }
      return minutes + heat + (icing == nil ? 0 : 1)
    }
  }

  var outputs: [Port] { [Port(ArtifactType("dish"))] }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome { .finished }
}

struct AlternativesTests {
  private static let catalog = StageCatalog([Cook.self])

  private func problems(_ options: String) -> [String] {
    let reading = Plan.read(
      Array("[stage.cook]\n\(options)".utf8), file: "p.toml", overlay: [], catalog: Self.catalog)
    if case .problems(let problems) = reading { return problems.map(\.message.problem) }
    return []
  }

  /// The lines of the key that options make.
  private func keyLines(_ options: String, _ overlay: String...) throws -> [String] {
    let reading = Plan.read(
      Array("[stage.cook]\n\(options)".utf8), file: "p.toml",
      overlay: try overlay.map { try GivenOverlay($0) }, catalog: Self.catalog)
    guard case .plan(let plan) = reading else { return [] }
    return plan.stages[0].keyLines.map { "\($0.name) \($0.content)" }
  }

  @Test func `a manual has what all alternatives share once, and the rest under its condition`() {
    let options = Self.catalog.describe(Cook.self)
    #expect(
      options.map { "\($0.name) \($0.defaultValue ?? "-") \($0.condition ?? "always")" } == [
        "dish \"soup\" always", "minutes 10 always", "icing false heat above 150",
        "heat 100 dish = \"soup\"", "heat 180 dish = \"cake\"",
      ])
  }

  @Test func `an option is known only where its condition is met`() {
    #expect(problems("dish = \"cake\"\nicing = true") == [])
    let isMeaningless = ["icing means nothing without heat above 150"]
    #expect(problems("icing = true") == isMeaningless)
    #expect(problems("dish = \"cake\"\nheat = 100\nicing = true") == isMeaningless)
    #expect(problems("ice = true") == ["cook has no option 'ice'"])
  }

  private static let tables = """
    [stage.cook.cake]
    heat = 160
    icing = true
    [stage.cook.soup]
    heat = 90
    """

  @Test func `options in a table of an alternative make the same key as options of the stage`()
    throws
  {
    let cake = try keyLines("dish = \"cake\"\nminutes = 4\nheat = 160\nicing = true")
    try #require(cake.count == 4)
    let chosen = "minutes = 4\n\(Self.tables)"
    #expect(try keyLines("dish = \"cake\"\n\(chosen)") == cake)
    #expect(try keyLines(chosen, "cook.dish=cake") == cake)
    #expect(try keyLines("dish = \"cake\"\nheat = 10\n\(chosen)") == cake)
    #expect(
      try keyLines("dish = \"cake\"\nminutes = 4\nheat = 70\nicing = true")
        == keyLines(chosen, "cook.dish=cake", "cook.heat=70"))
    let soup = try keyLines("dish = \"soup\"\nminutes = 4\nheat = 90")
    #expect(try keyLines(chosen) == soup)
    #expect(try keyLines("minutes = 4\n\(Self.tables)", "cook.soup.heat=70") != soup)
    #expect(
      try keyLines("minutes = 4", "cook.soup.heat=90", "cook.cake.heat=160") == soup)
  }

  @Test(arguments: [
    ("[stage.cook.cake]\nheet = 160", ["cake has no option 'heet'; did you mean 'heat'?"]),
    ("[stage.cook.soup]\nheat = 900", ["heat is out of range"]),
    ("[stage.cook.cake]\nheat = 900", ["heat is out of range"]),
    ("cake = 3", ["cake wants a table of its options, but this is an integer"]),
    ("[stage.cook.bread]\nheat = 160", ["cook has no option 'bread'"]),
    ("[stage.cook.cake]\ndish = \"soup\"", ["cake has no option 'dish'"]),
  ])
  func `tables of alternatives are checked, chosen or not`(options: String, wanted: [String]) {
    #expect(problems(options) == wanted)
  }
}
