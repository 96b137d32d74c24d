import Artifacts
import Chains
import Datasets
import Diagnostics
import Fixtures
import Foundation
import ModelKinds
import PipelineFixtures
import Pipelines
import Stages
import Testing

/// Text as an encoder reads it: cut, numbered, and cut and numbered alike by a model of its own.
@Suite(.timeLimit(.minutes(120)))
struct WordPieceStagesTests {
  private static let words = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "good", "bad", "Bad", "##ly", "made", "film",
    "song", ",", "[unused]", "cafe",
  ]

  private static let files = [
    "rows.csv": """
    label,text,more
    +,"A goodly, made film",song
    -,BADLY made song,a badly film
    +,Café [MASK] film,a
    -,bad xyz,song
    +,good film,song song song
    -,bad song,film

    """,
    "mini/vocab.txt": words.joined(separator: "\n") + "\n",
    "mini/tokenizer_config.json": #"{"do_lower_case": true, "model_max_length": 512}"#,
    "mini/config.json": #"{"max_position_embeddings": 32}"#,
  ]

  private static func definition(_ options: String = "", template: String = "{text}") -> String {
    """
    [stage.load]
    path = "rows.csv"
    template = "\(template)"
    label = "label"
    [stage.tokenize]
    from = "load"
    rules = "wordpiece"
    encoder = "mini"
    \(options)
    [stage.vocabulary]
    kind = "import-vocabulary"
    format = "encoder"
    path = "mini"
    [stage.binarize]
    from = "tokenize"
    vocabulary = "vocabulary"
    [stage.train]
    model = "naive-bayes"
    from = "binarize"
    [stage.joined]
    kind = "detokenize"
    from = "tokenize"
    rules = "wordpiece"
    """
  }

  private func run(_ definition: String) throws -> PipelineResult {
    let result = try TemporaryPipeline(files: Self.files).run(definition)
    if let failure = result.failure { throw failure }
    return result
  }

  @Test func `pieces have the encoder's own numbers`() throws {
    let result = try run(Self.definition())
    #expect(
      try result.column("text", of: "tokenize") == [
        "a good ##ly , made film", "bad ##ly made song", "cafe [MASK] film", "bad [UNK]",
        "good film", "bad song",
      ])
    #expect(
      try result.text("vocabulary") == Self.words.map { "\($0)\t0\n" }.joined())
    let dataset = try Dataset(result.tensors("binarize"))
    #expect(try dataset.ids(ofRow: 0, column: 0) == [5, 6, 9, 13, 10, 11])
    #expect(try dataset.ids(ofRow: 2, column: 0) == [15, 4, 11])
    #expect(try dataset.ids(ofRow: 3, column: 0) == [7, 1])
    #expect(dataset.columns[0].vocabularySize == Self.words.count)
    #expect(dataset.columns[0].padding == 0)
    #expect(
      try result.column("text", of: "joined").prefix(2) == [
        "a goodly , made film", "badly made song",
      ])
  }

  @Test(arguments: [
    (
      "case = \"keep\"", "{text}",
      ["[UNK] good ##ly , made film", "[UNK] made song", "[UNK] [MASK] film"]
    ),
    (
      "accents = \"keep\"", "{text}",
      ["a good ##ly , made film", "bad ##ly made song", "[UNK] [MASK] film"]
    ),
    ("max-tokens = 5", "{text}", ["a good ##ly", "bad ##ly made", "cafe [MASK] film"]),
    (
      "max-tokens = 9", "{text} [SEP] {more}",
      [
        "a good ##ly , made [SEP] song", "bad ##ly made [SEP] a bad ##ly",
        "cafe [MASK] film [SEP] a",
      ]
    ),
  ])
  func `options come before the encoder's files`(
    _ options: String, _ template: String, _ rows: [String]
  ) throws {
    let result = try run(Self.definition(options, template: template))
    #expect(try Array(result.column("text", of: "tokenize").prefix(3)) == rows)
  }

  @Test func `a model cuts raw text as the data were cut, without the encoder's folder`() throws {
    let result = try run(Self.definition("max-tokens = 7"))
    try FileManager.default.removeItem(atPath: result.folder.path("mini"))
    let model = try StoredModel(
      result.store.open(result.digest("train.model")), named: "train", in: .standard)
    var chain = try ChainEncoder(model.texts.source, model: "train")
    let dataset = try Dataset(result.tensors("binarize"))
    let texts = ["A goodly, made film", "BADLY made song", "Café [MASK] film", "bad xyz"]
    for (row, text) in texts.enumerated() {
      #expect(try chain.ids(of: text.utf8) == dataset.ids(ofRow: row, column: 0), "\(text)")
    }
    var classifier = try TextClassifier(model, cores: 1)
    #expect(classifier.classify("Goodly film").classes.first?.name == "+")
  }

  @Test func `the key holds the bytes of the encoder's files, and nothing else of the folder`()
    throws
  {
    let key = try run(Self.definition()).keyText("tokenize")
    for name in ["vocab.txt", "tokenizer_config.json", "config.json"] {
      #expect(key.contains("encoder.\(name)"))
    }
    let words = try run(
      "[stage.load]\npath = \"rows.csv\"\ntext = \"text\"\n[stage.tokenize]\nfrom = \"load\"\n")
    #expect(
      try words.keyText("tokenize").split(separator: "\n").map { $0.prefix { $0 != " " } }
        == [
          "kind", "from", "columns", "rules", "language", "lowercase", "normalize", "aggressive",
          "escape", "split-final-stop", "protect",
        ])
  }

  @Test(arguments: [
    ("encoder = \"mini\"", "", "tokenize needs the option 'encoder'"),
    ("encoder = \"mini\"", "encoder = \"none\"", "there is no folder"),
    ("encoder = \"mini\"", "encoder = \"bare\"", "has neither tokenizer.json nor vocab.txt"),
    ("rules = \"wordpiece\"", "rules = \"words\"", "encoder means nothing without"),
    ("path = \"mini\"", "path = \"rows.csv\"", "wants the path of a folder"),
    ("format = \"encoder\"\n", "", "the path leads to a folder"),
    ("encoder = \"mini\"", "encoder = \"mini\"\nmax-tokens = 2", "max-tokens is out of range"),
  ])
  func `a definition with one thing wrong is told so`(
    _ old: String, _ new: String, _ problem: String
  ) throws {
    let pipeline = try TemporaryPipeline(
      files: Self.files.merging(["bare/config.json": "{}"]) { first, _ in first })
    let problems = pipeline.problems(Self.definition().replacing(old, with: new))
    #expect(problems.contains { $0.message.problem.contains(problem) }, "\(problems)")
  }

  @Test func `a variable that is not set is one error for each path that names it`() throws {
    let definition = Self.definition().replacing("\"mini\"", with: "\"$MILLRACE_NO_SUCH/mini\"")
    let problems = try TemporaryPipeline(files: Self.files).problems(definition)
    #expect(problems.count == definition.split(separator: "$MILLRACE_NO_SUCH").count - 1)
    #expect(problems.allSatisfy { $0.message.problem.contains("MILLRACE_NO_SUCH is not set") })
  }

  @Test func `more tokens than the encoder has positions are refused`() throws {
    let result = try TemporaryPipeline(files: Self.files).run(Self.definition("max-tokens = 33"))
    let problem = result.failure?.message.problem ?? ""
    #expect(problem.hasPrefix("max-tokens = 33, but '") && problem.hasSuffix("reads 32 at most"))
  }
}
