import Artifacts
import Diagnostics
import Files
import Fixtures
import Formats
import ModelKinds
import PipelineFixtures
import Pipelines
import Stages
import Testing
import Views

/// The models that weigh n-grams, as stages and commands use them.
@Suite(.timeLimit(.minutes(120)))
struct NGramKindTests {
  private static func definition(_ training: String, options: String = "") -> String {
    Toy.definition(options).replacing("embedding = 6\nhidden = 4\nbatch-size = 8\n", with: training)
  }

  private static let trainings = [
    "model = \"logistic-regression\"\n", "model = \"naive-bayes\"\n",
    "model = \"logistic-regression\"\npenalty = \"l1\"\ncost = 30\n",
    "model = \"logistic-regression\"\nbuckets = 4096\nclass-weights = \"balanced\"\n",
    "model = \"naive-bayes\"\nngrams = [1, 3]\nignore-case = false\n",
    "model = \"fasttext\"\npasses = 40\nbuckets = 64\n",
    "model = \"fasttext\"\npasses = 40\nbuckets = 500\ncharacter-ngrams = [2, 4]\n",
  ]

  @Test(arguments: trainings)
  func `it is trained, scored and asked, with one answer for a row and its text`(
    _ training: String
  ) throws {
    let pipeline = try Toy.pipeline()
    let result = try pipeline.run(Self.definition(training))
    if let failure = result.failure { throw failure }
    #expect(try #require(result.json("evaluate.scores")["accuracy"]?.doubleValue) == 1)
    #expect(try result.record("train").outputs.map(\.port) == ["model"])
    let summary = try #require(try result.fact("train", "summary")?.stringValue)
    #expect(summary.contains("valid macro-f1 1.0000"))

    var classifier = try result.classifier()
    try result.expectAnswers(of: &classifier)
    #expect(classifier.classify("nothing of this was ever seen").classes.count == 2)
    #expect(classifier.classify("").classes.count == 2)
  }

  @Test(arguments: trainings)
  func `the number of cores changes no byte`(_ training: String) throws {
    let digests = try [1, 2, 5].map { cores in
      try Toy.pipeline().run(Self.definition(training), cores: cores).digest("train.model")
    }
    #expect(Set(digests).count == 1)
  }

  @Test func `the record has the objective, the gradient's norm and the iterations`() throws {
    let result = try Toy.pipeline().run(Self.definition(Self.trainings[0]))
    let (objective, norm, iterations) = (
      try result.fact("train", "objective")?.doubleValue,
      try result.fact("train", "gradient-norm")?.doubleValue,
      try result.fact("train", "iterations")?.intValue
    )
    #expect(try #require(objective) > 0 && #require(norm) < 1e-3)
    #expect(try #require(iterations) > 1)
  }

  @Test func `what does not end in time is told`() throws {
    let result = try Toy.pipeline().run(Self.definition(Self.trainings[0] + "iterations = 1\n"))
    #expect(result.notices.map(\.message.problem).contains { $0.contains("after 1 iteration") })
  }

  @Test func `the n-grams that speak for and against a class are shown`() throws {
    let result = try Toy.pipeline().run(Self.definition(Self.trainings[0]))
    let record = try result.record("train")
    let output = try #require(record.output("model"))
    let view = try ModelView(ShownArtifact(output, of: record, in: result.store), in: .standard)
    let text = view.text(width: 100)
    #expect(text.contains("n-grams that speak for and against each class"))
    let title = "n-grams that speak for and against each class"
    let good = try #require(view.json[title]?.arrayValue?.first { $0["class"] == "good" })
    func ngrams(_ side: String) -> [String] {
      good[side]?.arrayValue?.compactMap { $0["ngram"]?.stringValue } ?? []
    }
    let (praise, blame): (Set, Set) = (
      ["lovely", "bright", "warm", "moving"], ["dull", "cold", "loud", "flat"]
    )
    #expect(
      praise.intersection(ngrams("for")).count >= 3 && praise.isDisjoint(with: ngrams("against")))
    #expect(
      blame.intersection(ngrams("against")).count >= 3 && blame.isDisjoint(with: ngrams("for")))
    #expect(view.json["architecture"]?["ngrams"] == [1, 2])
  }

  @Test func `n-grams in buckets have no names to show`() throws {
    let result = try Toy.pipeline().run(Self.definition(Self.trainings[3]))
    let record = try result.record("train")
    let output = try #require(record.output("model"))
    let view = try ModelView(ShownArtifact(output, of: record, in: result.store), in: .standard)
    #expect(!view.text(width: 100).contains { $0.hasPrefix("n-grams that speak") })
  }

  @Test func `a model holds its n-grams and weights by name`() throws {
    let result = try Toy.pipeline().run(Self.definition(Self.trainings[0]))
    let file = try result.tensors("train.model")
    let shapes = file.entries.filter { !$0.name.hasPrefix("chain.") }
      .map { "\($0.name) \($0.elementType.rawValue) \($0.shape.count)" }.sorted()
    #expect(
      shapes == [
        "classes.bias F32 1", "classes.weight F32 2", "ngrams.idf F64 1", "ngrams.prefixes I32 1",
        "ngrams.tokens I32 1",
      ])
  }

  @Test(arguments: [
    ("ngrams = [2, 1]", "ngrams wants two numbers, of which the second is no smaller"),
    ("ngrams = 2", "ngrams wants two numbers, of which the second is no smaller"),
    (
      "buckets = 100\nsize = 10",
      "size means nothing with buckets, where n-grams are not counted one by one"
    ),
  ])
  func `options that contradict each other are refused`(
    _ options: String, _ problem: String
  ) throws {
    let problems = try Toy.pipeline().problems(
      Self.definition("model = \"logistic-regression\"\n", options: options))
    #expect(problems.map(\.message.problem) == [problem])
  }

  @Test(arguments: ["logistic-regression", "naive-bayes", "fasttext"])
  func `pairs are refused`(_ model: String) throws {
    let result = try TemporaryPipeline(files: ["pairs.tsv": "de\ten\nja\tyes\nnein\tno\n"]).run(
      """
      [stage.load]
      path = "pairs.tsv"
      source = "de"
      target = "en"
      [stage.words]
      kind = "learn-vocabulary"
      from = "load"
      boundaries = true
      [stage.binarize]
      from = "load"
      vocabulary = "words"
      [stage.train]
      model = "\(model)"
      from = "binarize"
      """)
    #expect(result.failure?.message.problem == "'binarize' has no labels to learn")
  }

  @Test(arguments: ["model = \"logistic-regression\"\n", "embedding = 6\nhidden = 4\n"])
  func `rows to validate on must have the classes of those to learn from`(
    _ training: String
  ) throws {
    let definition =
      Self.definition(training).replacing(
        "valid = \"binarize.valid\"", with: "valid = \"others\"")
        + """

        [stage.others]
        kind = "binarize"
        from = "load"
        label = "text"
        vocabulary = "words"
        """
    let result = try Toy.pipeline().run(definition)
    #expect(
      result.failure?.message.problem
        == "'others' has other classes or another vocabulary than 'binarize.train'")
  }

  @Test(arguments: trainings)
  func `a damaged model answers or is refused`(_ training: String) throws {
    let pipeline = try Toy.pipeline()
    let result = try pipeline.run(Self.definition(training))
    let record = try result.record("train")
    for copy in DamagedCopies(of: try result.bytes("train.model"), count: 40, seed: 3) {
      var draft = try pipeline.store.makeDraft()
      try draft.write(copy)
      let object = try draft.commit()
      let stored = RecordedOutput(
        port: "model", type: "model", digest: object.digest, byteCount: object.byteCount)
      if let view = try? ModelView(
        ShownArtifact(stored, of: record, in: pipeline.store), in: .standard)
      {
        _ = view.text(width: 80)
      }
      let file = try pipeline.store.open(object.digest)
      guard var classifier = try? TextClassifier(file, named: "damaged", in: .standard) else {
        continue
      }
      _ = classifier.classify("a lovely film")
    }
  }
}
