import Diagnostics
import Pipelines
import Testing
import ToyStages

/// A kind with options that have always been in its keys, whether they mean something or not.
private struct Paint: Stage {
  enum Tool: String, CaseIterable {
    case brush, spray, roller
  }

  static let kind = "paint"
  static let version = 1
  static let manual = "paints"
  let values: [Int]

  init(from options: inout StageOptions) {
    let tool = options.choice("tool", default: Tool.roller, "with what")
    let width = options.under(OptionCondition("tool", tool, isOneOf: [.brush, .roller])) {
      $0.integer("width", default: 5, in: 1...50, "how wide")
    }
    let layers = options.integer("layers", default: 0, in: 0...9, "how often")
    let isPainted = OptionCondition(
      layers > 0, obstacle: "layers = 0", remedy: "set layers above 0")
    let (hours, nozzle) = options.under(isPainted) { options in
      (
        options.integer("hours", default: 2, in: 1...9, "between layers"),
        options.under(OptionCondition("tool", tool, isOneOf: [.spray])) {
          $0.integer("nozzle", default: 1, in: 1...9, "which")
        }
      )
    }
    values = [width, layers, hours, nozzle]
  }

  var outputs: [Port] { [Port(.text)] }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome { .finished }
}

struct OptionConditionTests {
  private func reading(_ options: String) -> Plan.Reading {
    Plan.read(
      Array("[stage.paint]\n\(options)\n".utf8), file: "p.toml", overlay: [],
      catalog: StageCatalog([Paint.self]))
  }

  private func problems(_ options: String) -> [String] {
    if case .problems(let problems) = reading(options) { problems.map(\.description) } else { [] }
  }

  @Test func `an option that means nothing to what is chosen is refused, with place and remedy`() {
    #expect(
      problems("tool = \"spray\"\nwidth = 5") == [
        """
        p.toml:3:1: error: width means nothing to tool = "spray"
            3 | width = 5
              | ^~~~~
          try: leave it out, or choose tool = "brush" or "roller"
        """
      ])
  }

  @Test(arguments: [
    ("hours = 3", ["hours means nothing to layers = 0"]),
    ("nozzle = 3", ["nozzle means nothing to layers = 0"]),
    ("layers = 1\nnozzle = 3", ["nozzle means nothing to tool = \"roller\""]),
    ("layers = 1\nhours = 3\nwidth = 2", []), ("layers = 1\ntool = \"spray\"\nnozzle = 3", []),
    ("hours = \"x\"", ["hours means nothing to layers = 0"]),
  ])
  func `the outermost condition that is not met is told`(options: String, expected: [String]) {
    let found =
      if case .problems(let problems) = reading(options) {
        problems.map(\.message.problem)
      } else { [String]() }
    #expect(found == expected)
  }

  @Test func `what means nothing stands at its default in the key`() throws {
    let plan = try #require(reading("tool = \"spray\"").plan)
    #expect(
      plan.stages[0].optionLines.map { "\($0.name) \($0.value)" } == [
        "kind paint 1", "tool spray", "width 5", "layers 0", "hours 2", "nozzle 1",
      ])
  }

  @Test func `a model that remembers options that mean nothing is read as it is`() {
    var options = StageOptions.recalling(
      Paint.self, [("tool", .text("spray")), ("width", .integer(9))], resources: [])
    #expect(Paint(from: &options).values == [9, 0, 2, 1])
    #expect(options.problems.isEmpty)
  }
}
