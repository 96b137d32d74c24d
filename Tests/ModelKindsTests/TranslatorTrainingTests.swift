import Diagnostics
import Fixtures
import Formats
import PipelineFixtures
import Testing
import Training

@Suite(.timeLimit(.minutes(120)))
struct TranslatorTrainingTests {
  private func history(_ result: PipelineResult) throws -> [EpochRecord] {
    try #require(History(json: try result.json("train.history"))).epochs
  }

  @Test func `a translator is trained, its loss falls, and BLEU can decide`() throws {
    let result = try ToyPairs.pipeline().run(
      ToyPairs.definition(
        "optimizer = \"adam\"\nlearning-rate = 0.01\nschedule = \"constant\"\nepochs = 25\n"
          + "dropout = 0\nwatch = \"bleu\"\nbeam = 2"))
    let epochs = try history(result)
    #expect(epochs.count == 25)
    #expect(epochs[24].loss < 0.6 * epochs[0].loss)
    let scores = epochs.map(\.scores)
    #expect(scores.allSatisfy { Set($0.keys) == ["loss", "perplexity", "bleu"] })
    #expect(try #require(scores[24]["perplexity"]) < 4)
    #expect(try #require(scores.compactMap { $0["bleu"] }.max()) > 50)
    #expect(
      try result.fact("train", "smoothing")?.stringValue
        == "(1 − ε) · nll + ε/v · Σ −log p, ε = 0.1")
    let model = try result.tensors("train.model")
    #expect(model.metadata("chain") != nil && model.metadata("target-chain") != nil)
  }

  @Test(arguments: ["", "average = \"last\"\naverage-epochs = 2", "average = \"best\""])
  func `two epochs and then four are the bytes of four at once`(_ averaging: String) throws {
    let (pipeline, other) = (try ToyPairs.pipeline(), try ToyPairs.pipeline())
    _ = try pipeline.run(ToyPairs.definition("epochs = 2\n\(averaging)"))
    let resumed = try pipeline.run(ToyPairs.definition("epochs = 4\n\(averaging)"))
    let whole = try other.run(ToyPairs.definition("epochs = 4\n\(averaging)"), cores: 2)
    for port in ["model", "history", "checkpoint"] {
      #expect(try resumed.digest("train.\(port)") == whole.digest("train.\(port)"))
    }
    #expect(try resumed.fact("train", "summary")?.stringValue?.hasSuffix("(resumed)") == true)
    #expect(try (whole.fact("train", "averaged-epochs") == nil) == averaging.isEmpty)
  }

  @Test func `pairs that are too long or empty are left out, and how many is told`() throws {
    let words = Array(repeating: "the", count: 20).joined(separator: " ")
    let pipeline = try ToyPairs.pipeline()
    try pipeline.folder.write("pairs.tsv", "\(words)\tle\n\tun\nthe dog\tle chien\na\tun\n")
    let definition = ToyPairs.definition("epochs = 1\npositions = 12")
      .replacing(
        "parts = { train = \"rest\", valid = 8, test = 8 }", with: "parts = { train = \"rest\" }"
      )
      .replacing("valid = \"binarize.valid\"", with: "")
      .replacing("binarize.train", with: "binarize")
    let result = try pipeline.run(definition)
    #expect(result.failure == nil)
    #expect(try history(result)[0].rows == 2)
    #expect(
      result.notices.map(\.message.problem).contains(
        "2 of 4 training pairs are left out: a sentence is empty or has over 11 tokens"))
  }

  @Test(
    arguments: [
      (
        "architecture = \"fconv-iwslt-de-fr\"",
        "'fconv-iwslt-de-fr' is no architecture; did you mean 'fconv-iwslt-de-en'?"
      ),
      ("watch = \"blue\"", "this model has no score 'blue'; did you mean 'bleu'?"),
      (
        "encoder-widths = [3, 3]", "encoder-widths has 2 numbers, but the encoder has 1 layers"
      ),
      ("decoder-channels = []", "the decoder has no layers"),
      ("attention-layers = [1, 3]", "there is no decoder layer 3"),
      (
        "share-output-embedding = true\noutput-embedding = 8",
        "word vectors of 16 cannot be compared with outputs of 8"
      ),
      (
        "hidden = 3",
        "hidden means nothing without model = \"lstm-classifier\" or model = \"mlp\""
      ),
    ]
  )
  func `what no translator can be is refused before anything runs`(
    _ options: String, _ problem: String
  ) throws {
    let given = options.split(separator: "\n").map { $0.prefix { $0 != " " } }
    let definition = ToyPairs.definition("")
      .split(separator: "\n")
      .filter { line in !given.contains { line.hasPrefix("\($0) ") } }
      .joined(separator: "\n")
    let problems = try ToyPairs.pipeline().problems(definition + "\n" + options)
    #expect(problems.map(\.message.problem) == [problem])
  }

  @Test func `a score that needs rows to compute it on is refused without them`() throws {
    let definition = ToyPairs.definition("watch = \"bleu\"")
      .replacing("valid = \"binarize.valid\"", with: "")
    let problems = try ToyPairs.pipeline().problems(definition)
    #expect(
      problems.map(\.message.problem)
        == ["there are no rows to compute 'bleu' on, which is to decide the best epoch"])
  }

  @Test func `labelled rows are no pairs`() throws {
    let result = try Toy.pipeline().run(
      Toy.definition("model = \"convs2s\"").replacing("hidden = 4", with: ""))
    #expect(
      result.failure?.message.problem
        == "'binarize.train' has no pairs of sentences to learn to translate")
  }
}
