import Diagnostics
import Pipelines
import Sweeps
import Synchronization
import Testing
import ToyStages

/// Points are planned together, and what they have in common once.
@Suite struct SharedPlanningTests {
  /// A pipeline with stages of its own after those that most sweeps vary.
  private static let stages = """
    seed = 7
    [stage.read]
    path = "letters.txt"
    [stage.shout]
    from = "read"
    [stage.mark]
    kind = "append"
    from = "shout"
    [stage.train]
    from = "mark"
    rounds = 8
    [stage.measure]
    from = "train.model"

    """

  private func plan(_ sweep: String) throws -> SweepPlan {
    switch SweepWorkshop.read(
      "[sweep.s]\n\(sweep)\nbest = \"measure.quality max\"", stages: Self.stages)
    {
    case .plan(let plan): return plan
    case .problems(let problems): throw problems[0]
    }
  }

  /// What a stage does and what it reads from, in words.
  private func description(_ stage: PlannedStage) -> [String] {
    ["\(stage.baseName) \(stage.kind.kind)"]
      + stage.optionLines.map { "\($0.name)=\($0.value)" }
      + stage.inputs.map { "\($0.name)=\($0.source)" }
  }

  @Test(arguments: [
    "grid = { \"train.rate\" = [1, 3], \"train.width\" = [1, 2] }",
    "grid = { \"shout.from\" = [\"read\"], \"mark.times\" = [0, 1, 2] }",
    "list = [{ \"train.rate\" = 4 }, { \"train.from\" = \"shout\" }, { \"mark.suffix\" = \"?\" }]",
    "list = [{ \"train.from\" = \"read\" }, { \"train.rate\" = 4 }, { \"train.rate\" = 1 }]",
    "list = [{ \"mark.kind\" = \"cut\", \"mark.length\" = 3 }, { \"mark.times\" = 2 }]",
    "seeds = 3", "grid = { \"train.rate\" = [1, 3] }\nhalving = { start = 2 }",
  ])
  func `each point has the stages that the definition with its settings has`(sweep: String) throws {
    let plan = try plan(sweep)
    let ownSeed = plan.base["train"]?.optionLines.first { $0.name == "seed" }
    let firstSeed = try #require(ownSeed.flatMap { Int($0.value) })
    for number in plan.extents.indices {
      let rung = plan.rung(number, trials: Array(plan.trials.indices))
      for (trial, places) in zip(plan.trials, rung.stages) {
        let extent = try rung.extent.map { try GivenOverlay("train.rounds=\($0)") }
        let seed = try trial.seed.map { try GivenOverlay("train.seed=\(firstSeed + $0 - 1)") }
        let settings = plan.points[trial.point].settings + [seed, extent].compactMap(\.self)
        let alone = Plan.read(
          Array(Self.stages.utf8), file: "toy.toml", overlay: settings,
          catalog: SweepWorkshop.catalog)
        let expected = try #require(alone.plan).stages.map(description)
        #expect(
          Set(places.map { description(rung.plan.stages[$0]) }) == Set(expected), "\(trial.label)")
      }
    }
  }

  @Test func `a point that closes a circle is told of, and the others are planned`() {
    let sweep = "[sweep.s]\nlist = [{ \"mark.times\" = 2 }, { \"shout.from\" = \"mark\" }]"
    let (found, _) = Plan.check(
      Array((Self.stages + sweep).utf8), file: "toy.toml", overlay: [],
      catalog: SweepWorkshop.catalog)
    #expect(
      found.map(\.message.problem) == [
        "stages wait for each other in a circle: shout → mark → shout, in point 2 of 2"
      ])
  }

  @Test func `a stage that no setting reaches is read once, however many points there are`() throws
  {
    let values = (1...200).map { "\(Double($0) / 20)" }.joined(separator: ", ")
    let reading = SweepPlan.read(
      Array(
        (Self.stages.replacing("[stage.shout]", with: "[stage.shout]\nkind = \"counted\"")
          + "[sweep.s]\ngrid = { \"train.rate\" = [\(values)] }\nbest = \"measure.quality max\"")
          .utf8), file: "toy.toml", overlay: [],
      catalog: StageCatalog(SweepWorkshop.catalog.kinds + [CountedShout.self])
    ) { (plan) throws(Diagnostic) in plan.definition.sweeps[0] }
    guard case .plan(let plan) = reading else {
      Issue.record("the sweep was not planned")
      return
    }
    #expect(plan.points.count == 200)
    // Once for the definition, and once for the points.
    #expect(CountedShout.count.load(ordering: .relaxed) == 2)
  }
}

/// A stage that counts how often its options are read; of one test alone.
private struct CountedShout: ToyStage {
  static let kind = "counted"
  static let count = Atomic(0)
  let from: StageInput

  init(from options: inout StageOptions) {
    Self.count.add(1, ordering: .relaxed)
    from = options.input("from", .text, "what to shout")
  }

  func rows(of port: Port) -> RowSource { .input(from, .same) }

  func text(_ work: StageWork) throws(Diagnostic) -> String { try work.text(of: from).uppercased() }
}
