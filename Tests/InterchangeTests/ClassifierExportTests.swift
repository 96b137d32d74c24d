import Artifacts
import Diagnostics
import Fixtures
import Formats
import Foundation
import ModelKinds
import PipelineFixtures
import Pipelines
import Stages
import Testing

/// Classifiers as folders for Python: what is in them, what their script says, and the way back.
@Suite(.timeLimit(.minutes(120)))
struct ClassifierExportTests {
  private static let network = "embedding = 6\nhidden = 4\nbatch-size = 8\n"

  private static let linear = [
    "model = \"logistic-regression\"\n",
    "model = \"logistic-regression\"\nbuckets = 64\nngrams = [1, 3]\nsublinear = false\n",
    "model = \"naive-bayes\"\nngrams = [1, 3]\n",
    "model = \"fasttext\"\npasses = 20\nbuckets = 64\n",
    "model = \"fasttext\"\npasses = 20\nbuckets = 50\ncharacter-ngrams = [1, 4]\n",
  ]

  private static let networks =
    [
      "epochs = 2\n", "epochs = 2\nlayers = 2\npooling = \"max\"\ndense = 3\n",
      "epochs = 2\nbidirectional = false\n", "epochs = 2\npooling = \"mean\"\n",
      "epochs = 2\ncell = \"gru\"\n", "epochs = 2\ncell = \"gru\"\npooling = \"attention\"\n",
    ].map { network + $0 } + [
      "model = \"mlp\"\nembedding = 6\nhidden = [5, 4]\nactivation = \"gelu\"\nepochs = 2\n",
      "model = \"mlp\"\nfeatures = \"tfidf\"\nhidden = [5, 4]\nepochs = 2\n",
      "model = \"mlp\"\nfeatures = \"tfidf\"\nhidden = []\nbuckets = 40\nngrams = [1, 3]\nepochs = 2\n",
      "model = \"cnn\"\nembedding = 6\nwidths = [2, 3]\nmaps = 3\nmultichannel = true\nepochs = 2\n",
    ]

  private static let texts = [
    "a very lovely film", "a cold song", "nothing of this was ever seen", "", "<pad> a <unk> book",
  ]

  /// A trained toy that was exported.
  private struct Exported {
    let pipeline: TemporaryPipeline
    let result: PipelineResult
    let folder: String
    let names: [String]
    var classifier: TextClassifier

    /// - Parameter further: other stages.
    init(_ training: String, further: String = "") throws {
      pipeline = try Toy.pipeline()
      result = try pipeline.run(
        Toy.definition("").replacing(ClassifierExportTests.network, with: training)
          + "\n" + further)
      if let failure = result.failure { throw failure }
      let file = try result.store.open(result.digest("train.model"))
      let model = try StoredModel(file, named: "train", in: .standard)
      folder = pipeline.folder.path("exported")
      names = try model.export.init(model).write(to: folder)
      classifier = try TextClassifier(file, named: "train", in: .standard)
    }

    /// What the script says, and what the model says itself, of some texts.
    mutating func compare(_ texts: [String]) throws {
      let (code, output) = try Python.run(
        ["\(folder)/load.py"], input: texts.map { $0 + "\n" }.joined())
      #expect(code == 0)
      let lines = output.split(separator: "\n").map(String.init)
      try #require(lines.count == texts.count, "\(output)")
      for (line, text) in zip(lines, texts) {
        let said = try JSONValue(parsing: line, file: "load.py")
        for (name, probability) in classifier.classify(text).classes {
          let other = try #require(said[name]?.doubleValue)
          #expect(abs(other - Double(probability)) < 2e-6, "\(name) of '\(text)'")
        }
      }
    }
  }

  @Test(arguments: linear)
  func `the script of a linear model gives its probabilities`(_ training: String) throws {
    guard Python.has("json") else { return print("NOT RUN: load.py: no python3") }
    var exported = try Exported(training)
    try exported.compare(Self.texts)
  }

  @Test(arguments: networks)
  func `the script of a network gives its probabilities with PyTorch`(_ training: String) throws {
    guard Python.has("torch") else { return print("NOT RUN: load.py with PyTorch: no torch") }
    var exported = try Exported(training)
    try exported.compare(Self.texts)
  }

  @Test func `the script of an ensemble gives the mean of its members, one an ensemble itself`()
    throws
  {
    guard Python.has("torch") else { return print("NOT RUN: load.py with PyTorch: no torch") }
    let kinds = Self.networks.suffix(4) + Self.linear
    let members = kinds.enumerated().map { place, kind in
      "[stage.member-\(place)]\nkind = \"train\"\nfrom = \"binarize.train\"\n\(kind)"
    }
    let names = kinds.indices.map { "\"member-\($0)\"" }
    let inner = """
      [stage.inner]
      kind = "train"
      from = "binarize.train"
      model = "ensemble"
      members = [\(names.prefix(2).joined(separator: ", "))]

      """
    var exported = try Exported(
      "model = \"ensemble\"\nmembers = [\(names.joined(separator: ", ")), \"inner\"]\n",
      further: (members + [inner]).joined())
    try exported.compare(Self.texts)
  }

  @Test func `a folder has PyTorch's names and shapes, the words and the chain`() throws {
    let exported = try Exported(Self.networks[1])
    #expect(
      exported.names == [
        "model.safetensors", "model.json", "vocabulary.json", "chain.safetensors", "load.py",
      ])
    let weights = try SafetensorsFile(path: exported.folder + "/model.safetensors")
    #expect(
      weights.entries.map { "\($0.name) \($0.shape)" }.sorted() == [
        "classes.bias [2]", "classes.weight [2, 3]", "dense.bias [3]", "dense.weight [3, 8]",
        "embedding.weight [17, 6]", "lstm.bias_hh_l0 [16]", "lstm.bias_hh_l0_reverse [16]",
        "lstm.bias_hh_l1 [16]", "lstm.bias_hh_l1_reverse [16]", "lstm.bias_ih_l0 [16]",
        "lstm.bias_ih_l0_reverse [16]", "lstm.bias_ih_l1 [16]", "lstm.bias_ih_l1_reverse [16]",
        "lstm.weight_hh_l0 [16, 4]", "lstm.weight_hh_l0_reverse [16, 4]",
        "lstm.weight_hh_l1 [16, 4]", "lstm.weight_hh_l1_reverse [16, 4]",
        "lstm.weight_ih_l0 [16, 6]", "lstm.weight_ih_l0_reverse [16, 6]",
        "lstm.weight_ih_l1 [16, 8]", "lstm.weight_ih_l1_reverse [16, 8]",
      ])
    func json(_ name: String) throws -> JSONValue {
      let path = "\(exported.folder)/\(name)"
      return try JSONValue(parsing: String(contentsOfFile: path, encoding: .utf8), file: name)
    }
    let description = try json("model.json")
    #expect(description["classes"] == ["bad", "good"])
    #expect(description["chain"]?["column"] == "text")
    #expect(description["architecture"]?["pooling"] == "max")
    let words = try json("vocabulary.json")
    #expect(words["special"] == ["<pad>": 0, "<unk>": 1])
    #expect(words["words"]?.arrayValue?.count == 17)
  }

  @Test(arguments: linear + networks.prefix(1) + networks.filter { $0.contains("tfidf") })
  func `what was exported is imported as the same model, byte for byte`(_ training: String) throws {
    let exported = try Exported(training)
    let again = try exported.pipeline.run(
      "[stage.import]\nkind = \"import-model\"\npath = \"exported\"\n")
    if let failure = again.failure { throw failure }
    #expect(try again.digest("import.model") == exported.result.digest("train.model"))
  }

  @Test(arguments: ["model.safetensors", "model.json", "chain.safetensors"])
  func `a folder without a file is refused with its name`(_ name: String) throws {
    var files = BlankClassifier.files(in: "model")
    files["model/\(name)"] = nil
    let problems = try TemporaryPipeline(files: files).problems(
      "[stage.import]\nkind = \"import-model\"\npath = \"model\"\n")
    #expect(problems.contains { $0.description.contains("no file '\(name)'") }, "\(problems)")
  }

  @Test(arguments: [
    ("\"logistic-regression\"", "\"oracle\"", "a model of kind 'oracle', which this program"),
    ("\"buckets\": 4", "\"buckets\": 5", "no such model has its configuration"),
    ("\"vocabulary\": 3", "\"vocabulary\": 4", "no such model has its configuration"),
    ("\"classes\": 2", "\"classes\": 3", "no such model has its configuration"),
    ("\"model\": ", "\"modal\": ", "does not describe a classifier"),
  ])
  func `a description that does not fit its tensors is refused`(
    written: String, other: String, problem: String
  ) throws {
    let architecture = BlankClassifier.architecture.replacing(written, with: other)
    let pipeline = try TemporaryPipeline(
      files: BlankClassifier.files(in: "model", architecture: architecture))
    let definition = "[stage.import]\nkind = \"import-model\"\npath = \"model\"\n"
    let problems = pipeline.problems(definition)
    let found = problems.isEmpty ? try pipeline.run(definition).failure : problems[0]
    #expect(found?.description.contains(problem) == true, "\(found.map { "\($0)" } ?? "none")")
  }

  @Test func `a description that is cut short is named, with what to do about it`() throws {
    var files = BlankClassifier.files(in: "model")
    files["model/model.json"] = "{\n  \"format\": \"mill"
    let problems = try TemporaryPipeline(files: files).problems(
      "[stage.import]\nkind = \"import-model\"\npath = \"model\"\n")
    let problem = try #require(problems.first)
    #expect(problems.count == 1)
    #expect("\(problem)".contains("model/model.json:2:"), "\(problem)")
    #expect(problem.message.remedy == ModelFolder.remedy)
  }
}
