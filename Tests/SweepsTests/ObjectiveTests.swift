import Diagnostics
import Pipelines
import Sweeps
import Testing
import ToyStages

/// By what points are ranked where a sweep does not say.
@Suite struct ObjectiveTests {
  private static let stages = """
    [stage.read]
    path = "letters.txt"
    [stage.parts]
    kind = "parted"
    from = "read"
    [stage.train]
    from = "parts.train"
    [stage.validate]
    kind = "rate"
    from = "parts.valid"
    model = "train"
    [stage.evaluate]
    kind = "rate"
    from = "parts.test"
    model = "train"

    """
  private static let grid = "[sweep.s]\ngrid = { \"train.rate\" = [1, 2] }\n"

  @Test(arguments: [
    (grid, "validate.quality"), ("[sweep.s]\nseeds = 2\n", "evaluate.quality"),
    (grid + "best = \"evaluate.quality max\"\n", "evaluate.quality"),
  ])
  func `points are chosen by rows for validation, one setting is told by its test rows`(
    sweep: String, objective: String
  ) throws {
    let plan = try SweepWorkshop().folds(Self.stages, sweep)
    #expect(plan.objective.name == objective)
  }

  @Test func `nothing is chosen by test rows that are kept for the end`() throws {
    let sweeps = try SweepWorkshop()
    let kept = "test = \"final\"\n" + Self.stages
    #expect(try sweeps.folds(kept, Self.grid).objective.name == "validate.quality")
    let error = #expect(throws: Diagnostic.self) {
      try sweeps.folds(kept, Self.grid + "best = \"evaluate.quality max\"\n")
    }
    #expect(
      error?.message.problem
        == "'evaluate' scores test rows, which test = \"final\" keeps for the end")
    let plan = try sweeps.folds(kept, Self.grid)
    let names = plan.rung(0, trials: [0, 1]).plan.stages.map(\.baseName)
    #expect(!names.contains("evaluate"))
  }
}

/// Deals a text to train, valid and test, which are all of it.
struct ToyParted: Stage {
  static let kind = "parted"
  static let version = 1
  static let manual = "a toy"
  static let role = StageRole.divides
  let from: StageInput

  init(from options: inout StageOptions) {
    from = options.input("from", .text, "the text to deal")
  }

  var outputs: [Port] { ["train", "valid", "test"].map { Port($0, .text) } }

  func rows(of port: Port) -> RowSource { .input(from, .dealt) }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    for port in outputs { try work.commit(try work.text(of: from), to: port) }
    return .finished
  }
}

/// The score of a toy model on rows of a part.
struct ToyRate: Stage {
  static let kind = "rate"
  static let version = 1
  static let manual = "a toy"
  static let role = StageRole.scores
  let from: StageInput
  let model: StageInput

  init(from options: inout StageOptions) {
    from = options.input("from", .text, "the rows")
    model = options.input("model", .model, "what to rate")
  }

  var outputs: [Port] { [Port(.scores)] }
  var scores: [StageScore] { [StageScore("quality", better: .max)] }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    try work.commit("{\"quality\": 1}", to: outputs[0])
    return .finished
  }
}
