import Artifacts
import Diagnostics
import Formats
import ModelKinds
import PipelineFixtures
import Pipelines
import Stages
import Testing
import Views

/// Several classifiers as one.
@Suite(.timeLimit(.minutes(120)))
struct EnsembleTests {
  private static let members = """
    [stage.mlp]
    kind = "train"
    model = "mlp"
    from = "binarize.train"
    embedding = 6
    hidden = 5
    epochs = 12
    learning-rate = 0.02
    [stage.bayes]
    kind = "train"
    model = "naive-bayes"
    from = "binarize.train"
    """

  private static func definition(
    members: String = "[\"mlp\", \"bayes\"]", further: String = ""
  ) -> String {
    Toy.definition("").replacing(
      "embedding = 6\nhidden = 4\nbatch-size = 8\n",
      with: "model = \"ensemble\"\nmembers = \(members)\n") + "\n" + Self.members + "\n" + further
  }

  @Test func `its probabilities are the mean of its members', of rows and of texts`() throws {
    let result = try Toy.pipeline().run(Self.definition())
    if let failure = result.failure { throw failure }
    var (ensemble, first, second) = (
      try result.classifier(), try result.classifier("mlp"), try result.classifier("bayes")
    )
    try result.expectAnswers(of: &ensemble)
    for text in ["a lovely film", "a very dull song", "nothing of this"] {
      let (a, b) = (first.classify(text).classes, second.classify(text).classes)
      for (name, probability) in ensemble.classify(text).classes {
        let parts = (a + b).filter { $0.name == name }.map(\.probability)
        #expect(parts.count == 2 && abs(probability - (parts[0] + parts[1]) / 2) < 1e-6)
      }
    }
    let summary = try #require(try result.fact("train", "summary")?.stringValue)
    #expect(summary.hasPrefix("2 models  valid macro-f1 "))
  }

  @Test func `it is shown with its members and may be a member itself`() throws {
    let result = try Toy.pipeline().run(
      Self.definition(
        further: """
          [stage.both]
          kind = "train"
          model = "ensemble"
          from = "binarize.train"
          members = ["train", "bayes"]
          """))
    if let failure = result.failure { throw failure }
    let record = try result.record("both")
    let view = try ModelView(
      ShownArtifact(try #require(record.output("model")), of: record, in: result.store),
      in: .standard)
    #expect(view.json["members"] == ["ensemble", "naive-bayes"])
    var classifier = try result.classifier("both")
    #expect(classifier.classify("a lovely film").classes[0].name == "good")
  }

  @Test func `the number of cores changes no byte`() throws {
    let digests = try [1, 2].map { cores in
      try Toy.pipeline().run(Self.definition(), cores: cores).digest("train.model")
    }
    #expect(Set(digests).count == 1)
  }

  @Test func `a member that reads other ids is refused by name`() throws {
    let other = """
      [stage.fewer]
      kind = "learn-vocabulary"
      from = "split.train"
      size = 9
      [stage.binarize-fewer]
      kind = "binarize"
      from = "split"
      vocabulary = "fewer"
      [stage.stranger]
      kind = "train"
      model = "naive-bayes"
      from = "binarize-fewer.train"
      """
    let result = try Toy.pipeline().run(
      Self.definition(members: "[\"mlp\", \"stranger\"]", further: other))
    let failure = try #require(result.failure)
    #expect(
      failure.message.problem
        == "'stranger' reads text otherwise than 'mlp', or knows other classes")
    #expect(failure.message.remedy == "train both on rows of one binarize stage")
  }

  @Test func `one member is no ensemble`() throws {
    let problems = try Toy.pipeline().problems(Self.definition(members: "[\"bayes\"]"))
    #expect(problems.map(\.message.problem) == ["an ensemble has at least two members"])
  }
}
