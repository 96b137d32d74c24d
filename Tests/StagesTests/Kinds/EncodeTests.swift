import Artifacts
import Datasets
import Diagnostics
import Formats
import ModelKinds
import PipelineFixtures
import Pipelines
import Stages
import Testing
import Training

/// Features of a frozen encoder, and what learns from them.
@Suite(.timeLimit(.minutes(120)))
struct EncodeTests {
  static func definition(
    _ training: String = "model = \"logistic-regression\"\ncost = 1000\n", encoding: String = ""
  ) -> String {
    """
    \(Toy.parts)
    \(ToyEncoder.numbering("split", by: "mini"))
    [stage.encode]
    from = "binarize"
    encoder = "mini"
    \(encoding)
    [stage.train]
    from = "encode.train"
    valid = "encode.valid"
    \(training)
    [stage.evaluate]
    from = "encode.test"
    model = "train"
    """
  }

  private func pipeline() throws -> TemporaryPipeline {
    try Toy.pipeline(adding: TinyEncoder.files())
  }

  private func run(
    _ definition: String = definition(), cores: Int = 1
  ) throws -> PipelineResult {
    let result = try pipeline().run(definition, cores: cores)
    if let failure = result.failure { throw failure }
    return result
  }

  @Test func `features are a dataset with a vector for each row`() throws {
    let result = try run()
    let (ids, features) = try (
      Dataset(result.tensors("binarize.train")), Dataset(result.tensors("encode.train"))
    )
    #expect(features.features?.width == TinyEncoder.width)
    #expect(try features.features?.encoder == "\(result.digest("encode.encoder"))")
    #expect(features.labels == ids.labels)
    #expect(try features.rowNumbers() == ids.rowNumbers())
    #expect(features.classNames == ids.classNames)
    let values = try features.withFeatures { values in values.indices.map { values[$0] } }
    #expect(values.count == features.count * TinyEncoder.width)
    #expect(values.allSatisfy { $0.isFinite } && Set(values).count > features.count)
    for row in 0..<features.count {
      #expect(try features.ids(ofRow: row) == ids.ids(ofRow: row))
    }
  }

  @Test(arguments: ["mean", "first"])
  func `features do not depend on the number of cores`(_ pooling: String) throws {
    let definition = Self.definition(encoding: "pooling = \"\(pooling)\"")
    let (one, three) = try (run(definition), run(definition, cores: 3))
    for output in ["encode.train", "encode.valid", "encode.test", "encode.encoder", "train.model"] {
      #expect(try one.digest(output) == three.digest(output), "\(output)")
    }
  }

  @Test func `each way of pooling gives other features`() throws {
    let digests = try ["mean", "first"].map {
      try run(Self.definition(encoding: "pooling = \"\($0)\"")).digest("encode.train")
    }
    #expect(digests[0] != digests[1])
  }

  @Test(arguments: ["encode.train", "binarize.train"])
  func `a model of features scores features and ids, and answers raw text`(_ rows: String) throws {
    let result = try run(Self.definition().replacing("encode.test", with: rows))
    let scores = try result.json("evaluate.scores")
    #expect((scores["accuracy"]?.doubleValue ?? 0) > 0.6, "\(scores.compact)")
    var classifier = try TextClassifier(
      result.store.open(result.digest("train.model")), named: "train", in: .standard)
    let texts = ["a lovely film", "a very loud book", "nothing that it knows", ""]
    let single = texts.map { classifier.classify($0) }
    #expect(single[0].classes.first?.name == "good" && single[1].classes.first?.name == "bad")
    let together = try classifier.probabilities(of: texts.map { Array($0.utf8) })
    for (row, prediction) in single.enumerated() {
      for (name, probability) in prediction.classes {
        let label = try #require(classifier.classNames.firstIndex(of: name))
        #expect(abs(together[2 * row + label] - probability) < 1e-5)
      }
    }
    #expect(!classifier.effects(of: "a lovely film", for: "good", against: "bad").isEmpty)
  }

  @Test(arguments: [
    ("naive-bayes", "naive-bayes does not learn from features"),
    ("fasttext", "fasttext does not learn from features"),
    ("lstm-classifier", "lstm-classifier does not learn from features"),
  ])
  func `a kind that learns from ids refuses features`(_ model: String, _ problem: String) throws {
    let problems = try pipeline().problems(Self.definition("model = \"\(model)\"\n"))
    #expect(problems.contains { $0.message.problem == problem }, "\(problems)")
  }

  @Test(arguments: ["ngrams = [1, 1]", "minimum-count = 2", "buckets = 8", "sublinear = false"])
  func `options of n-grams mean nothing to features`(_ option: String) throws {
    let training = "model = \"logistic-regression\"\n\(option)\n"
    let problems = try pipeline().problems(Self.definition(training))
    #expect(problems.contains { $0.message.problem.contains("means nothing to features") })
  }

  @Test(arguments: [
    (
      "from = \"binarize\"\nencoder = \"mini\"", "from = \"binarize\"\nencoder = \"bare\"",
      "has no file"
    ),
    ("from = \"binarize\"\nencoder", "from = \"tokenize\"\nencoder", "wants a dataset"),
    ("from = \"encode.train\"", "from = \"encode.encoder\"", "wants a dataset"),
  ])
  func `a definition with one thing wrong is told so`(
    _ old: String, _ new: String, _ problem: String
  ) throws {
    let bare = ["bare/vocab.txt": TinyEncoder.words.joined(separator: "\n")]
    let pipeline = try Toy.pipeline(
      adding: TinyEncoder.files().merging(bare) { first, _ in first })
    let problems = pipeline.problems(Self.definition().replacing(old, with: new))
    #expect(problems.contains { $0.message.problem.contains(problem) }, "\(problems)")
  }

  @Test func `a perceptron learns from features, epoch by epoch`() throws {
    let training = "model = \"mlp\"\nhidden = [8]\nepochs = 30\nlearning-rate = 0.02\n"
    let result = try run(Self.definition(training))
    let history = try #require(History(json: try result.json("train.history")))
    let losses = history.epochs.map(\.loss)
    #expect(losses.count > 1 && (losses.last ?? 1) < losses[0], "\(losses)")
    var classifier = try TextClassifier(
      result.store.open(result.digest("train.model")), named: "train", in: .standard)
    let whole = classifier.classify("a lovely film").classes.reduce(0) { $0 + $1.probability }
    #expect(abs(whole - 1) < 1e-5)
    let problems = try pipeline().problems(Self.definition(training + "embedding = 8\n"))
    #expect(problems.contains { $0.message.problem.contains("means nothing to features") })
  }

  /// Encoding by an encoder that was fine-tuned on the rows, and learning from what it gives.
  private static func encoding(by model: String, _ options: String) -> String {
    """
    \(ToyEncoder.definition("epochs = 20\nlearning-rate = 0.01\ndropout = 0"))
    [stage.encode]
    from = "binarize"
    model = "\(model)"
    \(options)
    [stage.words]
    kind = "train"
    from = "binarize.train"
    model = "logistic-regression"
    [stage.head]
    kind = "train"
    from = "encode.train"
    model = "logistic-regression"
    [stage.scores]
    kind = "evaluate"
    from = "encode.test"
    model = "head"
    """
  }

  @Test(arguments: ["mean", "first", "pooled"])
  func `a fine-tuned encoder makes features of its own rows`(_ pooling: String) throws {
    let pipeline = try ToyEncoder.pipeline()
    let definition = Self.encoding(by: "train", "pooling = \"\(pooling)\"")
    let result = try pipeline.run(definition)
    if let failure = result.failure { throw failure }
    let features = try Dataset(result.tensors("encode.train"))
    #expect(features.features?.width == 8)
    let again = try ToyEncoder.pipeline().run(definition, cores: 3)
    #expect(try again.digest("encode.train") == result.digest("encode.train"))
    let scores = try result.json("scores.scores")
    #expect((scores["accuracy"]?.doubleValue ?? 0) > 0.5, "\(scores.compact)")
    // What was learnt from the features answers text by itself.
    var classifier = try TextClassifier(
      result.store.open(result.digest("head.model")), named: "head", in: .standard)
    #expect(classifier.classify("a lovely film").classes.count == 2)
    // The encoder as it was before gives others.
    let before = try pipeline.run(
      definition.replacing("model = \"train\"\npooling", with: "encoder = \"encoder\"\npooling")
        .replacing("\"pooled\"", with: "\"first\""))
    #expect(try before.digest("encode.train") != result.digest("encode.train"))
  }

  @Test func `what is no fine-tuned encoder makes no features`() throws {
    let pipeline = try ToyEncoder.pipeline()
    let failure = try pipeline.run(Self.encoding(by: "words", "")).failure
    #expect(
      failure?.message.problem == "'words' is no encoder that was fine-tuned",
      "\(String(describing: failure))")
    let problems = pipeline.problems(Self.encoding(by: "train", "encoder = \"encoder\""))
    #expect(
      problems.map(\.message.problem) == [
        "encode wants the folder of an encoder, or a model that is one"
      ])
  }

  @Test func `rows that another vocabulary numbered are refused`() throws {
    let definition = Self.definition().replacing(
      "[stage.vocabulary]\nkind = \"import-vocabulary\"\nformat = \"encoder\"\npath = \"mini\"\n",
      with: "[stage.vocabulary]\nkind = \"learn-vocabulary\"\nfrom = \"tokenize.train\"\n")
    let failure = try pipeline().run(definition).failure
    #expect(
      failure?.message.problem.contains("was not numbered by the vocabulary of") == true,
      "\(String(describing: failure))")
  }
}
