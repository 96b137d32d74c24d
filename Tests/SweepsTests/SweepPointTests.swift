import Diagnostics
import Pipelines
import Sweeps
import Testing

@Suite struct SweepPointTests {
  private func points(_ sweep: String) throws -> [String] {
    switch SweepWorkshop.read("[sweep.s]\n" + sweep) {
    case .plan(let plan):
      return plan.points.map { point in
        point.settings.map { "\($0.name)=\($0.spelling)" }.joined(separator: " ")
      }
    case .problems(let problems): throw problems[0]
    }
  }

  @Test func `a grid is every value with every other, the last turning fastest`() throws {
    let found = try points("grid = { \"train.rate\" = [1, 2.5], \"train.width\" = [1, 2] }")
    #expect(
      found == [
        "train.rate=1 train.width=1", "train.rate=1 train.width=2",
        "train.rate=2.5 train.width=1", "train.rate=2.5 train.width=2",
      ])
  }

  @Test func `zip changes options together`() throws {
    let found = try points("zip = { \"train.rate\" = [1, 2], \"train.width\" = [3, 4] }")
    #expect(found == ["train.rate=1 train.width=3", "train.rate=2 train.width=4"])
  }

  @Test func `a list has its points written out, and they may set different options`() throws {
    let found = try points("list = [{ \"train.rate\" = 1 }, { train = { rate = 2, width = 2 } }]")
    #expect(found == ["train.rate=1", "train.rate=2 train.width=2"])
  }

  @Test func `axes of several sorts are combined, and a point that comes twice is there once`()
    throws
  {
    let found = try points(
      "grid = { train.width = [1, 2] }\nlist = [{ \"train.rate\" = 3 }, { \"train.rate\" = 3 }]")
    #expect(found == ["train.width=1 train.rate=3", "train.width=2 train.rate=3"])
  }

  @Test func `random points stay in their ranges, and a seed gives the same ones again`() throws {
    func sweep(_ seed: Int) -> String {
      "random = { points = 50, seed = \(seed), \"train.rate\" = { log = [0.01, 10] }, "
        + "\"train.width\" = { integer = [2, 4] } }"
    }
    let first = try points(sweep(1))
    #expect(try points(sweep(1)) == first)
    #expect(try points(sweep(2)) != first)
    #expect(first.count == 50)
    var widths: Set<String> = []
    var small = 0
    for point in first {
      let words = point.split(separator: " ").map { String($0.split(separator: "=")[1]) }
      let rate = try #require(Double(words[0]))
      #expect((0.01...10).contains(rate))
      #expect(words[0].count <= 7)
      if rate < 0.316 { small += 1 }
      widths.insert(words[1])
    }
    #expect(widths == ["2", "3", "4"])
    // Half the range by order of magnitude lies below 0.316.
    #expect((15...35).contains(small))
  }

  @Test(arguments: [
    "integer = [-9223372036854775808, 9223372036854775807]",
    "integer = [9223372036854775807, 9223372036854775807]",
    "integer = [-9223372036854775808, -9223372036854775808]",
    "linear = [-1.7976931348623157e308, 1.7976931348623157e308]", "log = [4.9e-324, 1.7e308]",
    "linear = [0, 0]",
  ])
  func `ranges as wide as numbers reach give points or problems`(_ range: String) {
    _ = SweepWorkshop.read(
      "[sweep.s]\nrandom = { points = 200, \"train.width\" = { \(range) } }")
  }

  @Test func `random choices come from their list`() throws {
    let found = try points("random = { points = 20, \"train.rate\" = [1, 2] }")
    #expect(Set(found) == ["train.rate=1", "train.rate=2"])
  }

  @Test func `an argument of the command line is a list of values`() throws {
    let plan = try SweepWorkshop.plan()
    let sweep = try Sweep(arguments: ["train.rate=0.025,0.25", "shout.from=read,read"], of: plan)
    #expect(
      sweep.points.map { $0.settings.map(\.spelling) } == [
        ["0.025", "\"read\""], ["0.25", "\"read\""],
      ])
    #expect(
      sweep.points[0].arguments == ["--set", "train.rate=0.025", "--set", "shout.from=\"read\""])
    #expect(throws: Diagnostic.self) { try Sweep(arguments: ["trian.rate=1"], of: plan) }
    #expect(throws: Diagnostic.self) { try Sweep(arguments: ["rate=1"], of: plan) }
  }
}
