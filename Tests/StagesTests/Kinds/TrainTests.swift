import Diagnostics
import Formats
import PipelineFixtures
import Testing
import Training

@Suite(.timeLimit(.minutes(120)))
struct TrainTests {
  @Test func `two epochs and then four are the bytes of four at once`() throws {
    let (pipeline, other) = (try Toy.pipeline(), try Toy.pipeline())
    _ = try pipeline.run(Toy.definition("epochs = 2"))
    let resumed = try pipeline.run(Toy.definition("epochs = 4"))
    let whole = try other.run(Toy.definition("epochs = 4"))
    for port in ["model", "history", "checkpoint"] {
      #expect(try resumed.digest("train.\(port)") == whole.digest("train.\(port)"))
    }
    let summary = try #require(try resumed.fact("train", "summary")?.stringValue)
    #expect(summary.hasPrefix("epochs 3–4 of 4") && summary.hasSuffix("(resumed)"))
  }

  @Test func `the number of cores does not change the model`() throws {
    let one = try Toy.pipeline().run(Toy.definition("epochs = 1"), cores: 1)
    let two = try Toy.pipeline().run(Toy.definition("epochs = 1"), cores: 2)
    #expect(try one.digest("train.model") == two.digest("train.model"))
  }

  @Test func `the loss falls and the history says how`() throws {
    let result = try Toy.pipeline().run(Toy.definition("epochs = 6\nlearning-rate = 0.02"))
    let history = try #require(History(json: try result.json("train.history")))
    #expect(history.epochs.map(\.epoch) == Array(1...6))
    #expect(try #require(history.epochs.last).loss < history.epochs[0].loss)
    #expect(history.epochs.allSatisfy { $0.scores["macro-f1"] != nil && $0.rows == 24 })
  }

  @Test func `a loss that is no number names its epoch, batch and rows`() throws {
    let result = try Toy.pipeline().run(
      Toy.definition("epochs = 4\nlearning-rate = 1e30\nclip-norm = 0\noptimizer = \"sgd\""))
    let failure = try #require(result.failure)
    let problem = failure.message.problem
    #expect(problem.contains(" is not a finite number in epoch "))
    #expect(problem.contains(", batch ") && problem.contains(", rows "))
    let rows = problem.split(separator: "rows ").last?.split(separator: ", ") ?? []
    #expect(rows.count == 8 && rows.allSatisfy { Int($0).map { (2...41).contains($0) } == true })
    #expect(failure.message.remedy?.hasPrefix("lower the learning rate") == true)
  }

  @Test func `balanced class weights change what is learned`() throws {
    let plain = try Toy.pipeline().run(Toy.definition("epochs = 1"))
    let balanced = try Toy.pipeline().run(
      Toy.definition("epochs = 1\nclass-weights = \"balanced\""))
    #expect(try plain.digest("train.model") != balanced.digest("train.model"))
  }

  @Test func `an unknown score to watch is refused before anything runs`() throws {
    let problems = try Toy.pipeline().problems(Toy.definition("watch = \"macro-f2\""))
    #expect(
      problems.map(\.message.problem)
        == ["this model has no score 'macro-f2'; did you mean 'macro-f1'?"])
  }

  @Test func `training stops when the score no longer gets better`() throws {
    let result = try Toy.pipeline().run(
      Toy.definition("epochs = 50\nlearning-rate = 1e-9\npatience = 2\nwatch = \"accuracy\""))
    let history = try #require(History(json: try result.json("train.history")))
    #expect(history.epochs.count == 3)
    #expect(
      try result.fact("train", "summary")?.stringValue?.hasSuffix(
        "(no better score: stopped early)")
        == true)
  }
}
