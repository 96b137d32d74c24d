import Diagnostics
import Pipelines
import Sweeps
import Testing

@Suite struct SweepProblemTests {
  /// A sweep, and the place and problem of each thing wrong with it.
  static let cases: [(sweep: String, problems: [String])] = [
    (
      "gird = { \"train.rate\" = [1] }",
      ["12:1 a sweep has no option 'gird'; did you mean 'grid'?"]
    ),
    ("best = \"measure.quality max\"", ["11:8 the sweep 's' varies nothing"]),
    (
      "grid = { \"trian.rate\" = [1] }", ["12:10 there is no stage 'trian'; did you mean 'train'?"]
    ),
    ("grid = { rate = [1] }", ["12:10 grid names 'rate', but not of which stage"]),
    (
      "grid = [1]",
      ["12:8 grid wants a table such as { \"train.learning-rate\" = … }, but this is an array"]
    ),
    (
      "grid = { \"train.rate\" = 1 }",
      ["12:25 train.rate wants a list of values to try, but this is an integer"]
    ),
    (
      "grid = { \"train.rat\" = [1] }", ["12:10 train has no option 'rat'; did you mean 'rate'?"]
    ),
    (
      "grid = { \"train.rate\" = [1, \"fast\", 11] }",
      [
        "12:29 rate wants a number from 0 to 10, but this is a string",
        "12:37 rate is out of range",
      ]
    ),
    (
      "zip = { \"train.rate\" = [1, 2], \"train.width\" = [1] }",
      ["12:48 zip pairs 1 values of train.width with 2 of train.rate"]
    ),
    (
      "grid = { \"train.rate\" = [1] }\nlist = [{ \"train.rate\" = 2 }]",
      ["11:8 train.rate varies twice in this sweep"]
    ),
    (
      "random = { \"train.rate\" = { log = [0, 1] } }",
      [
        "12:1 random does not say how many points to draw",
        "12:27 train.rate has no range to draw from",
      ]
    ),
    (
      "seeds = 2\nbest = \"measure.qualty max\"",
      ["11:8 'measure' gives no score 'qualty'; did you mean 'quality'?"]
    ),
    (
      "seeds = 2\nbest = \"train.quality max\"",
      ["11:8 'train' gives no scores to choose the best point by"]
    ),
    (
      "seeds = 2\nbest = \"measure.quality\"",
      ["13:8 best does not say whether more of measure.quality is better"]
    ),
    (
      "seeds = 2\nbest = \"measure.quality mxa\"",
      ["13:8 'mxa' is neither max nor min; did you mean 'max'?"]
    ),
    ("seeds = 0", ["12:9 seeds is out of range"]),
    (
      "seeds = 2\nhalving = { strat = 1, start = 8 }",
      [
        "11:8 halving starts with 8 of 8 train.rounds: there is no second round",
        "13:13 halving has no option 'strat'; did you mean 'start'?",
      ]
    ),
    (
      "grid = { \"train.rounds\" = [1, 2] }\nhalving = { start = 1 }",
      ["11:8 train.rounds varies, and halving asks for more of it"]
    ),
    (
      "grid = { \"train.rate\" = [1] }\nhalving = { by = \"shout.x\" }",
      ["11:8 there is nothing to ask more of: no stage can go on from where it ended"]
    ),
  ]

  @Test(arguments: cases)
  func `every problem of a sweep is told with its place`(sweep: String, problems: [String]) {
    let (found, _) = Plan.check(
      Array((SweepWorkshop.stages + "[sweep.s]\n" + sweep).utf8), file: "toy.toml", overlay: [],
      catalog: SweepWorkshop.catalog)
    let told = found.map { problem in
      "\(problem.place?.line ?? 0):\(problem.place?.column ?? 0) \(problem.message.problem)"
    }
    #expect(told.sorted() == problems.sorted())
    #expect(found.allSatisfy { $0.place?.file == "toy.toml" && $0.excerpt != nil })
  }

  @Test func `what is wrong only where settings meet names the points, and says how to write them`()
  {
    let sweep = """
      [sweep.s]
      grid = { "train.rate" = [1, 2, 3], "train.width" = [4, 5], "train.fine" = [1, 2] }
      """
    let (found, _) = Plan.check(
      Array((SweepWorkshop.stages + sweep).utf8), file: "toy.toml", overlay: [],
      catalog: SweepWorkshop.catalog)
    #expect(
      found.map(\.message.problem) == [
        "fine means nothing to rate = 1, in points 1, 2, 3, 4 of 12",
        "fine means nothing to rate = 3, in points 9, 10, 11, 12 of 12",
      ])
    #expect(
      found.allSatisfy { $0.message.remedy?.contains("list = [{ … }, { … }]") == true })
  }

  @Test func `problems of stages and of sweeps are told in one pass, each once`() {
    let stages = SweepWorkshop.stages.replacing("rounds = 8", with: "rouns = 8")
    let (found, _) = Plan.check(
      Array((stages + "[sweep.s]\ngrid = { \"train.rat\" = [1, 2] }").utf8), file: "toy.toml",
      overlay: [], catalog: SweepWorkshop.catalog)
    #expect(
      found.map(\.message.problem) == [
        "train has no option 'rouns'; did you mean 'rounds'?",
        "train has no option 'rat'; did you mean 'rate'?",
      ])
  }

  @Test func `a sweep of millions of points is refused before they are made`() {
    let values = Array(repeating: "1", count: 1000).joined(separator: ", ")
    let sweep = "[sweep.s]\ngrid = { \"train.rate\" = [\(values)], \"train.width\" = [\(values)] }"
    guard case .problems(let found) = SweepWorkshop.read(sweep) else {
      Issue.record("the sweep was planned")
      return
    }
    #expect(found[0].message.problem == "the sweep 's' has more than 100000 points")
  }
}
