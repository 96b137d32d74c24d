import Artifacts
import Diagnostics
import Fixtures
import Formats
import ModelKinds
import PipelineFixtures
import Pipelines
import Stages
import Testing
import Views

/// A model is one thing: whoever describes it has it trained, scored, asked, shown and exported.
@Suite(.timeLimit(.minutes(120)))
struct ModelKindTests {
  private static let bag = """
    model = "bag-of-words"
    vector-width = 6
    batch-size = 8
    epochs = 12
    learning-rate = 0.05
    """

  @Test func `the tutorial "Add a model" shows code that is compiled, and these options`() throws {
    let tutorial = try Tutorial("Sources/Models/Models.docc/AddAModel.md")
    let files = ["BagOfWords.swift", "BagOfWordsKind.swift"]
    #expect(
      try tutorial.swiftMissing(from: files.map { "Tests/ModelKindsTests/\($0)" }) == [])
    #expect(tutorial.blocks("swift").count == 2)
    #expect(tutorial.blocks("toml") == [Self.bag + "\n"])
  }

  private static func definition(_ training: String) -> String {
    Toy.definition("").replacing("embedding = 6\nhidden = 4\nbatch-size = 8\n", with: training)
  }

  @Test func `a model kind of one's own is trained, scored, asked, shown and exported`() throws {
    let pipeline = try Toy.pipeline(.withToyModels)
    let result = try pipeline.run(Self.definition(Self.bag))
    if let failure = result.failure { throw failure }
    let scores = try result.json("evaluate.scores")
    #expect(try #require(scores["accuracy"]?.doubleValue) > 0.8)

    let file = try result.store.open(result.digest("train.model"))
    var classifier = try result.classifier(in: .withToyModels)
    try result.expectAnswers(of: &classifier)

    let record = try result.record("train")
    let output = try #require(record.output("model"))
    let view = try ModelView(
      ShownArtifact(output, of: record, in: result.store), in: .withToyModels)
    let text = view.text(width: 80)
    #expect(text.first?.hasPrefix("bag-of-words, ") == true)
    #expect(text.contains("biases") && text.contains { $0.hasPrefix("embedding.weight") })
    #expect(view.json["biases"]?.arrayValue?.count == 2)
    #expect(view.json["architecture"]?["model"] == "bag-of-words")

    let model = try StoredModel(file, named: "train", in: .withToyModels)
    let folder = pipeline.folder.path("exported")
    #expect(try model.export.init(model).write(to: folder) == ["bag.json"])
    #expect(try model.export.isWritten("bag.json"))
  }

  @Test func `a model that is not trained step by step leaves no history and no checkpoint`()
    throws
  {
    let result = try Toy.pipeline(.withToyModels).run(
      Self.definition("model = \"class-shares\"\nsmoothing = 1"))
    if let failure = result.failure { throw failure }
    #expect(try result.record("train").outputs.map(\.port) == ["model"])
    #expect(try result.json("evaluate.scores")["accuracy"] == 0.625)
  }

  @Test func `a name that is no model's is refused with those that are`() throws {
    let problems = try Toy.pipeline(.withToyModels).problems(
      Self.definition("model = \"bag-of-word\""))
    #expect(
      problems.map(\.message.problem) == [
        "'bag-of-word' is no model; did you mean 'bag-of-words'?"
      ])
    #expect(
      problems.first?.message.remedy
        == "use one of lstm-classifier, convs2s, logistic-regression, naive-bayes, fasttext, mlp, "
        + "cnn, encoder, ensemble, bag-of-words, class-shares")
  }

  @Test func `a model of a kind that a program lacks is refused by name`() throws {
    let result = try Toy.pipeline(.withToyModels).run(
      Self.definition("model = \"class-shares\""))
    let file = try result.store.open(result.digest("train.model"))
    let error = #expect(throws: Diagnostic.self) {
      try TextClassifier(file, named: "train", in: .standard)
    }
    #expect(
      error?.message.problem
        == "'train' is a model of kind 'class-shares', which this program does not have")
  }

  @Test func `what a model cannot do is said with the models that can`() throws {
    let result = try Toy.pipeline(.withToyModels).run(
      Self.definition("model = \"class-shares\""))
    let file = try result.store.open(result.digest("train.model"))
    let model = try StoredModel(file, named: "train", in: .withToyModels)
    let error = #expect(throws: Diagnostic.self) { try model.export }
    #expect(
      error?.message.problem
        == "'train' cannot be exported: there is no form of 'class-shares' for other programs")
    #expect(
      error?.message.remedy
        == "name a train stage with model = \"convs2s\" or model = \"encoder\""
        + " or model = \"bag-of-words\"")
  }

  @Test func `the manual has each option once, with the models it is for`() throws {
    let catalog = StageCatalog.withToyModels
    let train = try #require(catalog["train"])
    let options = catalog.describe(train)
    func conditions(_ name: String) -> [String?] {
      options.filter { $0.name == name }.map(\.condition)
    }
    #expect(conditions("vector-width") == ["model = \"bag-of-words\""])
    #expect(
      conditions("class-weights") == [
        "model = \"lstm-classifier\" or \"logistic-regression\" or \"mlp\" or \"cnn\""
          + " or \"encoder\" or \"bag-of-words\""
      ])
  }
}

extension ModelCatalog {
  /// The shipped kinds of models and two that are not; classifiers are exported by their own way alone.
  static let withToyModels = ModelCatalog(
    ModelCatalog.standard.kinds + [BagOfWordsKind.self, ClassSharesKind.self],
    exports: ModelCatalog.standard.exports.filter { !$0.isFor(LSTMClassifierKind.self) }
      + [BagOfWordsExport.self], stages: .standard)
}

extension StageCatalog {
  static let withToyModels = StageCatalog(
    StageCatalog.standard.kinds.filter { ![Train.kind, Evaluate.kind].contains($0.kind) }
      + [TrainToys.self, EvaluateToys.self])
}

/// `train`, with more models to choose from.
private struct TrainToys: Stage {
  static let kind = Train.kind
  static let version = Train.version
  static let manual = Train.manual
  static let role = Train.role
  private let train: Train

  init(from options: inout StageOptions) { train = Train(from: &options, models: .withToyModels) }

  var outputs: [Port] { train.outputs }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome { try train.run(work) }
}

/// `evaluate`, with more models to score.
private struct EvaluateToys: Stage {
  static let kind = Evaluate.kind
  static let version = Evaluate.version
  static let manual = Evaluate.manual
  static let role = Evaluate.role
  private let evaluate: Evaluate

  init(from options: inout StageOptions) {
    evaluate = Evaluate(from: &options, models: .withToyModels)
  }

  var outputs: [Port] { evaluate.outputs }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome { try evaluate.run(work) }
}
