import Artifacts
import Chains
import Datasets
import Diagnostics
import Files
import Formats
import PipelineFixtures
import Pipelines
import Stages
import Testing

@Suite(.timeLimit(.minutes(120)))
struct TargetTextTests {
  private static let definition = """
    [stage.load]
    kind = "load"
    path = "pairs.tsv"
    source = "de"
    target = "en"
    [stage.clean]
    from = "load"
    lowercase = true
    [stage.tokenize-source]
    kind = "tokenize"
    from = "clean"
    columns = "source"
    rules = "words"
    [stage.tokenize-target]
    kind = "tokenize"
    from = "tokenize-source"
    columns = "target"
    rules = "RULES"
    [stage.learn-bpe]
    from = "tokenize-target"
    merges = 3
    [stage.apply-bpe]
    from = "tokenize-target"
    merges = "learn-bpe"
    separator = "~~"
    [stage.vocabulary]
    kind = "learn-vocabulary"
    from = "apply-bpe"
    boundaries = true
    [stage.binarize]
    from = "apply-bpe"
    vocabulary = "vocabulary"
    [stage.undo]
    from = "binarize"
    """

  private let pairs = """
    de\ten
    Ein Hund, der bellt.\tA dog's bark (it's "loud") & clear.
    Zwei Hunde.\tTwo dogs.

    """

  @Test(arguments: [
    ("moses", "a dog's bark (it's \"loud\") & clear.\ntwo dogs.\n"),
    ("characters", "a dog's bark (it's \"loud\") & clear.\ntwo dogs.\n"),
    ("words", "a dog's bark ( it's \" loud \" ) & clear .\ntwo dogs .\n"),
  ])
  func `ids of the target side become text again, as far as its tokens tell`(
    _ rules: String, _ text: String
  ) throws {
    let pipeline = try TemporaryPipeline(
      files: ["pairs.tsv": pairs], catalog: StageCatalog(StageCatalog.standard.kinds + [Undo.self]))
    let result = try pipeline.run(Self.definition.replacing("RULES", with: rules))
    #expect(try result.text("undo") == text)
  }
}

/// Turns the target side of a dataset back into text, a line each.
private struct Undo: Stage {
  static let kind = "undo"
  static let version = 1
  static let manual = "turns the target side of a dataset back into text"

  private let from: StageInput

  init(from options: inout StageOptions) { from = options.input("from", .dataset, "the pairs") }

  var outputs: [Port] { [Port("text", ArtifactType("text"))] }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    guard let lineage = work.lineage(of: from) else { return .stopped }
    let chain = try TextChain(gatheredFrom: lineage, column: "target") {
      (digest) throws(Diagnostic) in try work.store.open(digest).contents
    }
    var target = try TargetText(chain, model: "test")
    let dataset = try Dataset(SafetensorsFile(try work.map(from)))
    var text = ""
    for row in 0..<dataset.count {
      text += target.text(of: target.tokens(of: try dataset.ids(ofRow: row, column: 1))) + "\n"
    }
    try work.commit(text, to: outputs[0])
    return .finished
  }
}
