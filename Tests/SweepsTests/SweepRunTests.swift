import Artifacts
import Fixtures
import Formats
import Foundation
import Pipelines
import Sweeps
import Testing
import ToyStages

@Suite struct SweepRunTests {
  static let grid = """
    [sweep.s]
    grid = { "train.rate" = [1, 2, 3, 4, 9], "train.width" = [1, 2] }
    best = "measure.quality max"
    """

  let sweeps: SweepWorkshop

  init() throws { sweeps = try SweepWorkshop() }

  @Test func `stages that points share run once, and the journal says so`() throws {
    let heard = SweepHeard()
    let report = try sweeps.run(try sweeps.plan(Self.grid), observer: heard)
    #expect(heard.ran.count { $0 == "read" } == 1)
    #expect(heard.ran.count { $0 == "shout" } == 1)
    #expect(heard.ran.count { $0.hasPrefix("train@") } == 8)
    // Rates 2 and 4 give the same models, which are measured once.
    #expect(report.ran == 16)
    let events = try #require(try sweeps.store.runs().first?.events)
    let ran = events.filter { $0["state"]?.stringValue == "ran" }.compactMap {
      $0["stage"]?.stringValue
    }
    #expect(ran.count { $0 == "shout" } == 1)
  }

  @Test func `a point that fails stays in the table with its reason and log, the others go on`()
    throws
  {
    let status = try sweeps.run(try sweeps.plan(Self.grid)).status
    let failed = status.points.filter { $0.state == .failed }
    #expect(failed.map(\.point.number) == [9, 10])
    guard case .failed(let stage, let reason, let log) = failed[0].trials[0].state else {
      Issue.record("point 9 is \(failed[0].trials[0].state)")
      return
    }
    #expect(stage == "train")
    #expect(reason == "the loss is not a finite number")
    #expect(
      try String(contentsOfFile: log, encoding: .utf8)
        == "round 1\nerror: the loss is not a finite number\n")
    #expect(status.points.count { $0.state == .done } == 8)
    #expect(status.best == 5)
  }

  @Test func `only the best point keeps its model, and a second sweep finds all done`() throws {
    let plan = try sweeps.plan(Self.grid)
    let first = try sweeps.run(plan).status
    #expect(try sweeps.disposableBytes() == first.bestModelBytes)
    let best = try #require(first.best)
    #expect(try first.points.indices.filter { try sweeps.hasModel(first.points[$0]) } == [best])
    let heard = SweepHeard()
    let again = try sweeps.run(plan, observer: heard).status
    #expect(heard.ran == [])
    #expect(again.points.map(\.value) == first.points.map(\.value))
    #expect(
      try SweepStatus(of: plan, in: sweeps.store).points.map(\.value) == first.points.map(\.value)
    )
  }

  @Test func `another idea of what is best brings that point's model back`() throws {
    try sweeps.run(try sweeps.plan(Self.grid))
    let status = try sweeps.run(try sweeps.plan(Self.grid.replacing("max", with: "min"))).status
    let best = try #require(status.best)
    #expect(try sweeps.hasModel(status.points[best]))
    #expect(best == 0)
  }

  @Test func `the last result of the definition itself is left alone`() throws {
    let plan = try SweepWorkshop.plan(file: sweeps.workshop.folder.path("other.toml"))
    let report = try sweeps.workshop.run(plan)
    let status = try sweeps.run(try sweeps.plan(Self.grid)).status
    #expect(status.best == 5)
    let record = try #require(report.stages.first { $0.stage == "train" }?.record)
    for output in record.outputs { #expect(try sweeps.store.isIntact(output.digest)) }
  }

  @Test(arguments: 1...9)
  func `an interrupted sweep run again ends in the same table`(count: Int) throws {
    let plan = try sweeps.plan(Self.grid)
    let stopped = try sweeps.run(plan, observer: SweepHeard(stopAfter: count))
    #expect(stopped.stopped > 0 || count >= 9)
    let resumed = try sweeps.run(plan)
    let undisturbed = try SweepWorkshop()
    let whole = try undisturbed.run(try undisturbed.plan(Self.grid))
    #expect(resumed.status.points.map(\.value) == whole.status.points.map(\.value))
    #expect(resumed.status.best == whole.status.best)
    #expect(stopped.ran + resumed.ran == whole.ran)
    #expect(try sweeps.disposableBytes() == undisturbed.disposableBytes())
  }

  @Test func `seeds train each point again on the same rows, and its score is their mean`() throws {
    let plan = try sweeps.plan("[sweep.s]\ngrid = { \"train.rate\" = [2, 3] }\nseeds = 3")
    let heard = SweepHeard()
    let status = try sweeps.run(plan, observer: heard).status
    #expect(heard.ran.count { $0.hasPrefix("train@") } == 6)
    #expect(heard.ran.contains("train@2.3"))
    #expect(heard.ran.count { $0.hasPrefix("shout") } == 1)
    let values = status.points[1].trials.compactMap { $0.value(of: plan.objective) }
    #expect(Set(values).count == 3)
    #expect(status.points[1].value == values.reduce(0, +) / 3)
    #expect(try sweeps.hasModel(status.points[1]))
  }

  @Test func `halving finds the same winner with at most half of the rounds`() throws {
    let all =
      "[sweep.s]\ngrid = { \"train.rate\" = [0, 1, 2, 3, 4, 5, 6, 7], \"train.width\" = [1, 2] }\n"
    let whole = SweepHeard()
    let full = try sweeps.run(try sweeps.plan(all), observer: whole).status
    let halvings = try SweepWorkshop()
    let heard = SweepHeard()
    let plan = try halvings.plan(all + "halving = { start = 1, factor = 2 }")
    #expect(try halvings.forecast(plan).stagesToRun == 62)
    let halved = try halvings.run(plan, observer: heard).status
    // A round whose model is the same as another's is not measured again.
    #expect((34...62).contains(heard.ran.count))
    #expect(try halvings.forecast(plan).stagesToRun == 0)
    #expect(halved.best == full.best)
    #expect(plan.extents == [1, 2, 4, 8])
    #expect(whole.rounds == 16 * 8)
    #expect(heard.rounds == 16 * 1 + 8 * 1 + 4 * 2 + 2 * 4)
    #expect(halved.points.count { $0.state == .dropped } == 14)
    #expect(try halvings.disposableBytes() == full.bestModelBytes)
    let again = SweepHeard()
    try halvings.run(plan, observer: again)
    #expect(again.ran == [])
  }

  @Test func `before it starts a sweep says what it will take, or that it cannot know`() throws {
    let plan = try sweeps.plan(Self.grid)
    let first = try sweeps.forecast(plan)
    #expect(first.stagesToRun == 22)
    #expect(first.sharedStages == 2)
    #expect(first.seconds == nil)
    #expect(Set(first.unknownKinds) == ["read", "shout", "train", "measure"])
    try sweeps.run(try sweeps.plan("[sweep.s]\ngrid = { \"train.rate\" = [1] }"))
    let second = try sweeps.forecast(plan)
    #expect(second.seconds.map { $0 > 0 } == true)
    #expect(second.unknownKinds == [])
    #expect(second.keptBytes.map { $0 > 500 } == true)
  }

  @Test func `rounds still to come are counted when the first one is done`() throws {
    let rates = "[sweep.s]\ngrid = { \"train.rate\" = [1, 2, 3, 4]"
    try sweeps.run(try sweeps.plan(rates + ", \"train.rounds\" = [1] }"))
    let plan = try sweeps.plan(rates + " }\nhalving = { start = 1, factor = 2 }")
    let forecast = try sweeps.forecast(plan)
    #expect((1...14).contains(forecast.stagesToRun))
    #expect(forecast.unknownKinds == [])
    #expect(forecast.seconds.map { $0 > 0 } == true)
  }

  @Test(arguments: [(1, 1), (2, 2), (2, 5), (3, 2)])
  func `points share the cores and never have more of them`(jobs: Int, cores: Int) throws {
    let report = try sweeps.run(try sweeps.plan(Self.grid), jobs: jobs, cores: cores)
    let given = report.status.points.flatMap(\.trials).compactMap { trial in
      trial.records["train"]?.facts.first { $0.name == "cores" }?.value.intValue
    }
    #expect(given.allSatisfy { (1...cores).contains($0) })
    let whole = try SweepWorkshop()
    let other = try whole.run(try whole.plan(Self.grid), jobs: 1, cores: 1)
    #expect(report.status.points.map(\.value) == other.status.points.map(\.value))
  }
}

extension SweepWorkshop {
  fileprivate func forecast(_ plan: SweepPlan) throws -> SweepForecast {
    try SweepForecast(of: plan, in: store, jobs: 2, cores: 2, disposable: ToyTrain.disposable)
  }
}

extension SweepStatus {
  /// The bytes of the best point's models.
  fileprivate var bestModelBytes: Int {
    guard let best else { return 0 }
    return points[best].trials.reduce(0) { sum, trial in
      sum + (trial.records["train"]?.output("model")?.byteCount ?? 0)
    }
  }
}
