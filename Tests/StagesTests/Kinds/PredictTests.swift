import Diagnostics
import PipelineFixtures
import Pipelines
import Testing

/// A model's labels as a stage of a pipeline.
@Suite(.timeLimit(.minutes(120)))
struct PredictTests {
  private static func definition(_ options: String, from: String = "split.test") -> String {
    Toy.definition("").replacing("embedding = 6\nhidden = 4\nbatch-size = 8\n", with: "")
      .replacing("[stage.train]", with: "[stage.train]\nmodel = \"naive-bayes\"")
        + """

        [stage.predict]
        from = "\(from)"
        model = "train"
        \(options)
        """
  }

  private func run(_ options: String, from: String = "split.test") throws -> PipelineResult {
    try Toy.pipeline().run(Self.definition(options, from: from))
  }

  @Test func `rows keep their columns and lines, and get what the model says`() throws {
    let result = try run("prefix = \"predicted-\"")
    if let failure = result.failure { throw failure }
    let (rows, test) = try (result.table("predict"), result.table("split.test"))
    #expect(rows.first == "line|text|label|predicted-label|predicted-probability")
    #expect(rows.count == test.count)
    for (row, plain) in zip(rows, test).dropFirst() { #expect(row.hasPrefix("\(plain)|")) }
    // `evaluate` says the same of the same rows.
    let predictions = try result.table("evaluate.predictions").dropFirst().map {
      $0.split(separator: "|").dropFirst(2).joined(separator: "|")
    }
    let answers = rows.dropFirst().map {
      $0.split(separator: "|").dropFirst(3).joined(separator: "|")
    }
    #expect(answers.sorted() == predictions.sorted())
  }

  @Test func `several classes and all probabilities have columns`() throws {
    let result = try run("prefix = \"p-\"\ntop = 5\nprobabilities = true")
    if let failure = result.failure { throw failure }
    let rows = try result.table("predict")
    #expect(
      rows.first
        == "line|text|label|p-label|p-probability|p-label-2|p-probability-2|p-probability-good"
        + "|p-probability-bad"
        || rows.first
          == "line|text|label|p-label|p-probability|p-label-2|p-probability-2|p-probability-bad"
          + "|p-probability-good"
    )
    for row in rows.dropFirst() {
      let fields = row.split(separator: "|").map(String.init)
      let (first, second) = try (
        #require(Double(fields[4])), #require(Double(fields[6]))
      )
      #expect(first >= second && abs(first + second - 1) < 1e-5 && fields[3] != fields[5])
    }
  }

  @Test func `a row is followed through it`() throws {
    let plan = try Toy.pipeline().plan(Self.definition(""))
    let stage = try #require(plan["predict"])
    #expect(plan.warnings.isEmpty, "\(plan.warnings)")
    guard case .input(let input, .same) = stage.stage.rows(of: stage.outputs[0]) else {
      Issue.record("rows do not stay")
      return
    }
    #expect("\(input.source)" == "split.test")
  }

  @Test(arguments: [
    ("", "'split.test' has a column 'label' already"),
    ("prefix = \"p-\"\ntext = \"txt\"", "'split.test' has no column 'txt'; did you mean 'text'?"),
  ])
  func `a name that is taken and a missing column are told`(
    _ options: String, _ problem: String
  ) throws {
    #expect(try run(options).failure?.message.problem == problem)
  }

  @Test func `a model that is no classifier is refused`() throws {
    let problems = try Toy.pipeline().problems(
      Self.definition("").replacing("model = \"train\"\n", with: "model = \"words\"\n"))
    #expect(problems.contains { $0.message.problem.contains("wants a model") })
  }
}
