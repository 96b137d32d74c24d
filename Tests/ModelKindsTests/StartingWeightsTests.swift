import Diagnostics
import Fixtures
import Formats
import PipelineFixtures
import Pipelines
import Testing

/// A training that starts from given weights, some of them frozen or at a rate of their own.
@Suite(.timeLimit(.minutes(120)))
struct StartingWeightsTests {
  /// The toy pipeline with a second training, `tune`.
  private static func definition(_ tuning: String, hidden: Int = 4) -> String {
    Toy.definition("epochs = 1") + """

      [stage.tune]
      kind = "train"
      from = "binarize.train"
      valid = "binarize.valid"
      embedding = 6
      hidden = \(hidden)
      batch-size = 8
      epochs = 1
      \(tuning)
      """
  }

  private func values(_ result: PipelineResult, _ stage: String, _ name: String) throws -> [Float] {
    try result.tensors("\(stage).model").values(name)
  }

  @Test func `what is frozen stays as in the model that training starts from`() throws {
    let result = try Toy.pipeline().run(
      Self.definition("start = \"train.model\"\nfreeze = [\"embedding.*\", \"lstm.*\"]"))
    if let failure = result.failure { throw failure }
    for name in ["embedding.weight", "lstm.weight_hh_l0", "lstm.bias_ih_l0_reverse"] {
      #expect(try values(result, "tune", name) == values(result, "train", name))
    }
    #expect(
      try values(result, "tune", "classes.weight") != values(result, "train", "classes.weight"))
    let lines = StageKey.lines(of: try result.keyText("tune"))
    #expect(lines.first { $0.name == "freeze" }?.value == "[\"embedding.*\", \"lstm.*\"]")
    #expect(
      lines.first { $0.name == "start" }?.value
        == StageKey.value(of: try result.digest("train.model")))
  }

  @Test func `options that are not given leave no line in the key`() throws {
    let result = try Toy.pipeline().run(Toy.definition("epochs = 1"))
    let names = StageKey.lines(of: try result.keyText("train")).map(\.name)
    for name in ["start", "start-folder", "freeze", "rates"] { #expect(!names.contains(name)) }
  }

  @Test func `a folder with the weights of a model starts the same training`() throws {
    let pipeline = try Toy.pipeline()
    let first = try pipeline.run(Self.definition("start = \"train.model\""))
    try pipeline.folder.write("given/model.safetensors", bytes: first.bytes("train.model"))
    let second = try pipeline.run(Self.definition("start-folder = \"given\""))
    if let failure = second.failure { throw failure }
    #expect(try first.digest("tune.model") == second.digest("tune.model"))
    #expect(try first.digest("tune.model") != second.digest("train.model"))
  }

  @Test func `weights of another shape are refused with what differs`() throws {
    let result = try Toy.pipeline().run(Self.definition("start = \"train.model\"", hidden: 5))
    let message = try #require(result.failure?.message)
    #expect(message.problem.hasPrefix("the weights of 'train' are not this model's: "))
    #expect(message.problem.contains("'lstm.weight_ih_l0' is [16, 6], not [20, 6]"))
    #expect(message.problem.hasSuffix(" more"))
    #expect(message.remedy?.hasPrefix("give both models the same options") == true)
  }

  @Test func `weights that number words otherwise are refused`() throws {
    let others = """

      [stage.fewer]
      kind = "learn-vocabulary"
      from = "split.train"
      size = 6
      [stage.numbered]
      kind = "binarize"
      from = "split"
      vocabulary = "fewer"
      """
    let definition =
      Self.definition("start = \"train.model\"").replacing(
        "kind = \"train\"\nfrom = \"binarize.train\"\nvalid = \"binarize.valid\"",
        with: "kind = \"train\"\nfrom = \"numbered.train\"\nvalid = \"numbered.valid\"")
      + others
    let result = try Toy.pipeline().run(definition)
    #expect(
      result.failure?.message.problem
        == "'train' numbers words otherwise: it was trained with another vocabulary")
  }

  struct Slip: CustomTestStringConvertible, Sendable {
    let options: String
    let problem: String
    var testDescription: String { options }
  }

  @Test(arguments: [
    Slip(
      options: "freeze = [\"embeding.*\"]",
      problem: "no parameter is named 'embeding.*'; did you mean 'embedding.*'?"),
    Slip(
      options: "rates = { \"clases.weight\" = 0.1 }",
      problem: "no parameter is named 'clases.weight'; did you mean 'classes.weight'?"),
    Slip(
      options: "freeze = \"*.bias\"\nrates = { \"classes.*\" = 2 }",
      problem: "'*.bias' and 'classes.*' give the parameter 'classes.bias' different rates"),
    Slip(
      options: "rates = { \"classes.*\" = -1 }", problem: "rates.classes.* is out of range"),
    Slip(
      options: "rates = 0.1",
      problem: "rates wants a table of names and numbers from 0, but this is a float"),
    Slip(
      options: "weight-decay = 0.1\nno-decay = \"*.bais\"",
      problem: "no parameter is named '*.bais'"),
    Slip(
      options: "freeze = \"*\"", problem: "every parameter is frozen: there is nothing to train"),
    Slip(
      options: "start = \"train.history\"",
      problem: "tune.start wants a model, but 'train.history' gives a history"),
  ])
  func `a slip is found before anything runs`(_ slip: Slip) throws {
    let problems = try Toy.pipeline().problems(Self.definition(slip.options))
    #expect(problems.map(\.message.problem) == [slip.problem])
  }

  @Test func `a rate of one's own is in the key whatever the order it is given in`() throws {
    let pipeline = try Toy.pipeline()
    func key(_ rates: String) throws -> String? {
      let plan = try pipeline.plan(Self.definition("rates = { \(rates) }"))
      return plan["tune"]?.optionLines.first { $0.name == "rates" }?.value
    }
    let given = try key("\"lstm.*\" = 0.5, \"embedding.*\" = 0.1")
    #expect(given == "[\"embedding.* 0.1\", \"lstm.* 0.5\"]")
    #expect(try key("\"embedding.*\" = 0.1, \"lstm.*\" = 0.5") == given)
  }
}
