import Artifacts
import Diagnostics
import Fixtures
import Pipelines
import Sweeps
import Testing
import ToyStages

/// Folds held out in turn, as one more axis of a sweep.
@Suite struct FoldSweepTests {
  static let stages = """
    seed = 7
    [stage.read]
    path = "letters.txt"
    [stage.deal]
    kind = "fold"
    from = "read"
    folds = 3
    [stage.train]
    from = "deal.test"
    rounds = 2
    [stage.measure]
    from = "train"

    """

  let sweeps: SweepWorkshop

  init() throws { sweeps = try SweepWorkshop() }

  @Test func `a definition with folds is a sweep of one point with a run for each`() throws {
    let plan = try sweeps.folds(Self.stages)
    #expect(plan.sweep.name == "folds")
    #expect(plan.points.count == 1)
    #expect(plan.trials.map(\.label) == ["1.1", "1.2", "1.3"])
    #expect(plan.trials.map(\.fold) == [1, 2, 3])
    let heard = SweepHeard()
    let status = try sweeps.run(plan, observer: heard).status
    #expect(heard.ran.count { $0 == "read" } == 1)
    #expect(heard.ran.count { $0.hasPrefix("deal@") } == 3)
    #expect(status.points[0].folds.map(\.count) == [1, 1, 1])
    let values = status.points[0].trials.compactMap { $0.value(of: plan.objective) }
    #expect(values.count == 3)
    #expect(status.points[0].value == values.reduce(0, +) / 3)
    #expect(try sweeps.hasModel(status.points[0]))
  }

  @Test func `the first fold is what the definition by itself gives`() throws {
    let plan = try sweeps.folds(Self.stages)
    let own = try sweeps.workshop.run(plan.base)
    #expect(own.failed == 0)
    let heard = SweepHeard()
    try sweeps.run(plan, observer: heard)
    #expect(Set(heard.ran.filter { $0.hasPrefix("deal") }) == ["deal@1.2", "deal@1.3"])
  }

  @Test func `every point of a grid holds out every fold, from every seed`() throws {
    let plan = try sweeps.folds(
      Self.stages, "[sweep.s]\ngrid = { \"train.rate\" = [2, 3] }\nseeds = 2\n")
    #expect(
      plan.trials.map(\.label)
        == [1, 2].flatMap { point in
          [1, 2, 3].flatMap { fold in [1, 2].map { "\(point).\(fold).\($0)" } }
        })
    let status = try sweeps.run(plan).status
    #expect(status.points.map { $0.folds.map(\.count) } == [[2, 2, 2], [2, 2, 2]])
    #expect(status.best == 1)
    #expect(try sweeps.hasModel(status.points[1]))
  }

  @Test func `one fold that is chosen is an ordinary run`() throws {
    let stages = Self.stages.replacing("folds = 3", with: "folds = 3\nfold = 2")
    let plan = try sweeps.folds(stages, "[sweep.s]\ngrid = { \"train.rate\" = [2, 3] }\n")
    #expect(plan.base.foldedStages.isEmpty)
    #expect(plan.trials.map(\.label) == ["1", "2"])
    let chosen = try sweeps.folds(
      Self.stages, "[sweep.s]\ngrid = { \"deal.fold\" = [1, 3] }\n")
    #expect(chosen.trials.map(\.label) == ["1", "2"])
  }

  @Test(arguments: [
    (
      "grid = { \"deal.folds\" = [3, 5] }", "",
      "deal.folds varies, and each point holds out every fold"
    ),
    (
      "seeds = 2", "[stage.again]\nkind = \"fold\"\nfrom = \"read\"\nfolds = 4\n",
      "'deal' has 3 folds and 'again' 4, so that they cannot be held out together"
    ),
    (
      "random = { points = 300, \"train.rate\" = { linear = [0, 8] } }\nseeds = 300", "",
      "296 points × 3 folds × 300 seeds are more than 100,000 runs"
    ),
  ])
  func `folds that cannot be held out in turn are told of`(
    sweep: String, stage: String, problem: String
  ) throws {
    let error = #expect(throws: Diagnostic.self) {
      try sweeps.folds(Self.stages + stage, "[sweep.s]\n\(sweep)\n")
    }
    #expect(error?.message.problem == problem)
  }

  @Test func `check plans the folds of a definition without sweeps`() {
    let stages = Self.stages.replacing("[stage.measure]\nfrom = \"train\"\n", with: "")
    let (problems, _) = Plan.check(
      Array(stages.utf8), file: "toy.toml", overlay: [], catalog: SweepWorkshop.catalog)
    #expect(
      problems.map(\.message.problem).contains("the sweep does not say what makes a point best"))
  }
}

/// Deals the letters of a text to folds in turn; the one held out is `test`.
struct ToyFold: Stage {
  static let kind = "fold"
  static let version = 1
  static let manual = "a toy"
  static let role = StageRole.divides

  let from: StageInput
  let fold: Fold?

  init(from options: inout StageOptions) {
    from = options.input("from", .text, "the text to deal")
    fold = options.fold()
  }

  var outputs: [Port] { [Port("train", .text), Port("test", .text)] }

  func rows(of port: Port) -> RowSource {
    .input(from, port.name == "test" ? .fold : .dealt)
  }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    let letters = try work.text(of: from).enumerated()
    let number = (fold?.number ?? 1) - 1
    let held = letters.filter { $0.offset % (fold?.count ?? 1) == number }.map(\.element)
    try work.commit(String(letters.map(\.element).filter { !held.contains($0) }), to: outputs[0])
    try work.commit(String(held) + "\(number)", to: outputs[1])
    return .finished
  }
}
