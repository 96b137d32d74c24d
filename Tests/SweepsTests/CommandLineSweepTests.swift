import Diagnostics
import Pipelines
import Sweeps
import Testing

/// Sweeps of which the command line gives a part: values, what is best, seeds, settings.
@Suite struct CommandLineSweepTests {
  /// What is said of a sweep that is written out on a command line.
  private func problems(
    _ arguments: [String], set settings: [String] = [], best: String? = nil, seeds: Int = 1
  ) throws -> [String] {
    let reading = SweepPlan.read(
      Array(SweepWorkshop.stages.utf8), file: "toy.toml",
      overlay: try settings.map { try GivenOverlay($0) }, catalog: SweepWorkshop.catalog
    ) { (plan) throws(Diagnostic) in
      var sweep = try Sweep(arguments: arguments, of: plan)
      sweep.seedCount = seeds
      if let best { try sweep.choose(best: best, of: plan) }
      return sweep
    }
    guard case .problems(let problems) = reading else { return [] }
    return problems.map { "\($0)" }
  }

  @Test(arguments: [
    (["train.rate=1,fast"], "train.rate=1,fast", "             ^~~~"),
    (["train.rate=fast"], "train.rate=fast", "           ^~~~"),
    (["train.width=2,3", "train.rate=fast,1,2"], "train.rate=fast,1,2", "           ^~~~"),
    (["train.seed=1,2", "train.rate=1,fast"], "train.rate=1,fast", "             ^~~~"),
    (["train.rate=[1],2"], "train.rate=[1],2", "           ^~~"),
    (["train.rate=\"é\",2"], "train.rate=\"é\",2", "           ^~~"),
  ])
  func `a wrong value of several is pointed at, with the remedy of a value`(
    arguments: [String], line: String, mark: String
  ) throws {
    let told = try problems(arguments)
    let column = mark.prefix { $0 == " " }.count + 1
    #expect(told.count == 1)
    let problem = try #require(told.first)
    #expect(problem.hasPrefix("sweep:1:\(column): error: rate wants a number from 0 to 10, but"))
    #expect(problem.contains("    1 | \(line)\n      | \(mark)"))
    #expect(!problem.contains("in point") && !problem.contains("go together"))
  }

  @Test(arguments: [1_000_000_000, Int.max])
  func `more seeds than runs may be are refused, however many`(count: Int) throws {
    let told = try problems(["train.width=2,3"], seeds: count)
    #expect(told.count == 1 && told.first?.contains("are more than") == true, "\(told)")
  }

  @Test(arguments: ["1,99999999999999999999", "99999999999999999999", "1e999,x"])
  func `a number that is too large is no text`(values: String) throws {
    let told = try problems(["train.width=\(values)"])
    #expect(told.count == 1)
    #expect(told.first?.contains(/sweep:1:1[35]: error: this (integer|float) .*64 bits/) == true)
    let error = #expect(throws: Diagnostic.self) {
      try GivenOverlay("train.width=99999999999999999999")
    }
    #expect(
      error.map { "\($0)" }?.hasPrefix("--set:1:13: error: this integer does not fit") == true)
  }

  @Test(arguments: [
    ("measure.foo max", "--best:1:1: error: 'measure' gives no score 'foo'"),
    ("train.quality max", "--best:1:1: error: 'train' gives no scores"),
    ("measure max", "--best:1:1: error: best wants STAGE.SCORE and max or min"),
    ("mesure.quality max", "--best:1:1: error: there is no stage 'mesure'"),
  ])
  func `what is wrong with --best points at it`(best: String, problem: String) throws {
    let told = try problems(["train.rate=1,2"], best: best)
    #expect(told.count == 1)
    #expect(told.first?.hasPrefix(problem) == true, "\(told)")
    #expect(told.first?.contains("    1 | \(best)\n      | ^") == true)
  }

  @Test func `seeds that would pass the largest number say so, and which is the last that will do`()
    throws
  {
    let largest = Int.max
    let told = try problems(["train.rate=1,2"], set: ["seed=\(largest - 1)"], seeds: 3)
    #expect(told.count == 1)
    #expect(told.first?.contains("'train' cannot be trained from 3 seeds") == true, "\(told)")
    #expect(told.first?.contains("a seed up to \(largest - 2)") == true)
    #expect(told.first?.contains("train.rate") == false)
    #expect(try problems(["train.rate=1,2"], set: ["seed=\(largest - 2)"], seeds: 3).isEmpty)
    let own = try problems(
      ["train.rate=1,2"], set: ["train.seed=\(largest)"], seeds: 2)
    #expect(own.first?.hasPrefix("--set:1:7: error: 'train' cannot be trained") == true, "\(own)")
  }

  @Test func `settings that points do not go with are no problem of the definition`() throws {
    func found(_ sweep: String, _ settings: [String]) throws -> [String] {
      let definition = SweepWorkshop.stages + "[sweep.s]\n" + sweep
      return Plan.check(
        Array(definition.utf8), file: "toy.toml",
        overlay: try settings.map { try GivenOverlay($0) },
        catalog: SweepWorkshop.catalog
      ).problems.map(\.message.problem)
    }
    let grid = "grid = { \"train.rate\" = [1, 2, 3] }"
    let settings = ["train.rate=2", "train.fine=2"]
    #expect(try found(grid, settings) == [])
    #expect(try found(grid, ["train.fine=2"]) == ["fine means nothing to rate = 1"])
    let halving = "grid = { \"train.rate\" = [1, 2] }\nhalving = { start = 4 }"
    #expect(try found(halving, ["train.rounds=3"]) == [])
    // What is wrong with the sweep itself is told, whatever is set.
    #expect(
      try found("grid = { \"train.rat\" = [1] }", settings) == [
        "train has no option 'rat'; did you mean 'rate'?"
      ])
    #expect(
      try found("grid = { \"train.rate\" = [1, 11] }", settings) == ["rate is out of range"])
  }
}
