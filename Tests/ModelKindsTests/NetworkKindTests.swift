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
import Training
import Views

/// The networks that classify, as stages and commands use them.
@Suite(.timeLimit(.minutes(120)))
struct NetworkKindTests {
  /// - Parameter network: its options; those of a small LSTM are left out.
  private static func definition(_ network: String, _ training: String) -> String {
    Toy.definition(training).replacing(
      "embedding = 6\nhidden = 4\nbatch-size = 8\n", with: "batch-size = 8\n\(network)")
  }

  private static let networks = [
    "model = \"mlp\"\nembedding = 6\nhidden = 5\n",
    "model = \"mlp\"\nembedding = 6\nhidden = [7, 4]\nactivation = \"gelu\"\ndropout = 0\n",
    "model = \"mlp\"\nembedding = 6\nhidden = []\n",
    "model = \"mlp\"\nfeatures = \"tfidf\"\nhidden = [7, 4]\n",
    "model = \"mlp\"\nfeatures = \"tfidf\"\nhidden = []\nngrams = [1, 3]\nsize = 40\nidf = false\n",
    "model = \"mlp\"\nfeatures = \"tfidf\"\nhidden = 5\nbuckets = 64\nsublinear = false\n",
    "model = \"cnn\"\nembedding = 6\nwidths = [1, 9, 2]\nmaps = 5\nmax-norm = 3\n",
    "model = \"cnn\"\nembedding = 6\nwidths = 2\nmaps = 9\nmultichannel = true\n",
    "model = \"lstm-classifier\"\nembedding = 6\nhidden = 4\ncell = \"gru\"\n",
    "model = \"lstm-classifier\"\nembedding = 6\nhidden = 4\npooling = \"attention\"\n",
  ]

  @Test(arguments: networks)
  func `it is trained, scored, asked and shown, with one answer for a row and its text`(
    _ network: String
  ) throws {
    let result = try Toy.pipeline().run(
      Self.definition(network, "epochs = 30\nlearning-rate = 0.02"))
    if let failure = result.failure { throw failure }
    #expect(try #require(result.json("evaluate.scores")["accuracy"]?.doubleValue) > 0.8)

    var classifier = try result.classifier()
    try result.expectAnswers(of: &classifier)
    #expect(classifier.classify("").classes.count == 2)

    let record = try result.record("train")
    let view = try ModelView(
      ShownArtifact(try #require(record.output("model")), of: record, in: result.store),
      in: .standard)
    #expect(view.text(width: 80).contains { $0.hasPrefix("classes") })
  }

  @Test(arguments: networks)
  func `the number of cores and a stop between epochs change no byte`(_ network: String) throws {
    let whole = try Toy.pipeline().run(Self.definition(network, "epochs = 2"), cores: 1)
    let pipeline = try Toy.pipeline()
    _ = try pipeline.run(Self.definition(network, "epochs = 1"), cores: 2)
    let resumed = try pipeline.run(Self.definition(network, "epochs = 2"), cores: 2)
    #expect(try whole.digest("train.model") == resumed.digest("train.model"))
  }

  @Test(arguments: [
    ("model = \"mlp\"\nactivation = \"tan\"", "'tan' is no activation; did you mean 'tanh'?"),
    ("model = \"mlp\"\nhidden = [8, 0]", "hidden is out of range"),
    ("model = \"mlp\"\nsize = 9", "size means nothing to features = \"mean\""),
    (
      "model = \"mlp\"\nfeatures = \"tfidf\"\nembedding = 9",
      "embedding means nothing to features = \"tfidf\""
    ),
    (
      "model = \"mlp\"\nfeatures = \"tfidf\"\nbuckets = 8\nsize = 9",
      "size means nothing with buckets"
    ),
    ("model = \"cnn\"\nwidths = []", "widths names no filter"),
    ("model = \"cnn\"\nwidths = [3, 65]", "widths is out of range"),
    ("model = \"cnn\"\nfreeze = \"convolution.*\"", "no parameter is named 'convolution.*'"),
    ("model = \"lstm-classifier\"\ncell = \"rnn\"", "'rnn' is no cell"),
    ("model = \"lstm-classifier\"\nfreeze = \"gru.*\"", "no parameter is named 'gru.*'"),
  ])
  func `an option that no network can have is refused before anything runs`(
    _ network: String, _ problem: String
  ) throws {
    let problems = try Toy.pipeline().problems(Self.definition(network, ""))
    #expect(problems.count == 1)
    #expect(try #require(problems.first).message.problem.hasPrefix(problem))
  }

  @Test func `a network of n-grams, which are numbered anew, cannot start from other weights`()
    throws
  {
    let problems = try Toy.pipeline().problems(
      Self.definition("model = \"mlp\"\nfeatures = \"tfidf\"\nstart-folder = \".\"", ""))
    let message = "training cannot start from a model of n-grams"
    #expect(problems.contains { $0.message.problem.hasPrefix(message) })
  }

  @Test func `more widths than a network may have are refused`() throws {
    let widths = (1...65).map { "\($0 % 9 + 1)" }.joined(separator: ", ")
    let problems = try Toy.pipeline().problems(
      Self.definition("model = \"cnn\"\nwidths = [\(widths)]", ""))
    #expect(problems.map(\.message.problem) == ["widths has more than 64 numbers"])
  }

  @Test func `the article on the MLP ends in the definition that is shipped`() throws {
    let article = try Tutorial("Sources/Models/Models.docc/BackpropagationThroughAnMLP.md")
    let definition = Folders.project.appending(path: "pipelines/classify-bios-mlp.toml")
    #expect(article.blocks("toml") == [try String(contentsOf: definition, encoding: .utf8)])
  }

  @Test func `a configuration that no network can have gives none`() {
    func without<Kind: NetworkClassifierKind>(_ kind: Kind.Type, _ json: JSONValue) {
      #expect(kind.network(json) != nil)
      for member in json.objectValue ?? [] {
        for value in [.integer(-1), .string("?"), .null, .array([.integer(0)])] as [JSONValue] {
          let members = (json.objectValue ?? []).map {
            $0.name == member.name ? JSONValue.Member($0.name, value) : $0
          }
          #expect(kind.network(.object(members)) == nil, "\(member.name) \(value.compact)")
        }
      }
    }
    without(
      MLPKind.self,
      [
        "vocabulary": 9, "classes": 2, "embedding": 4, "hidden": [3], "activation": "tanh",
        "dropout": 0, "padding": 0,
      ])
    without(
      CNNClassifierKind.self,
      [
        "vocabulary": 9, "classes": 2, "embedding": 4, "widths": [3], "maps": 2,
        "multichannel": false, "dropout": 0, "max-norm": 3, "padding": 0,
      ])
    without(
      LSTMClassifierKind.self,
      [
        "vocabulary": 9, "classes": 2, "embedding": 4, "hidden": 3, "layers": 1,
        "bidirectional": true, "pooling": "last", "dense": 0, "dropout": 0, "padding": 0,
      ])
  }
}
