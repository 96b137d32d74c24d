import Diagnostics
import Fixtures
import Formats
import PipelineFixtures
import Testing
import Training

/// How well a translator expects given translations.
@Suite(.timeLimit(.minutes(120)))
struct PairScoringTests {
  @Test func `the scores of a set are those that training told of it`() throws {
    let result = try ToyPairs.pipeline().run(
      ToyPairs.definition("epochs = 3\nlabel-smoothing = 0.1") + """

        [stage.evaluate]
        from = "binarize.valid"
        model = "train"
        """)
    #expect(result.failure == nil)
    let scores = try result.json("evaluate.scores")
    let history = try #require(History(json: try result.json("train.history")))
    let losses = history.epochs.compactMap { $0.scores["loss"] }
    let best = try #require(losses.min())
    #expect(abs(try #require(scores["loss"]?.doubleValue) - best) < 1e-5)
    let epoch = try #require(history.epochs.first { $0.scores["loss"] == best })
    let perplexity = try #require(scores["perplexity"]?.doubleValue)
    #expect(abs(perplexity - (try #require(epoch.scores["perplexity"]))) < 1e-4)
    let nll = try #require(scores["nll"]?.doubleValue)
    #expect(abs(try #require(scores["nll-base-2"]?.doubleValue) - nll * 1.4426950408889634) < 1e-6)
    #expect(scores["pairs"] == 8)

    let tokens = try result.column("tokens", of: "evaluate.predictions").compactMap { Int($0) }
    let each = try result.column("nll", of: "evaluate.predictions").compactMap { Double($0) }
    let sum = zip(tokens, each).reduce(0) { $0 + Double($1.0) * $1.1 }
    #expect(tokens.reduce(0, +) == scores["tokens"]?.intValue)
    #expect(abs(sum / Double(tokens.reduce(0, +)) - nll) < 1e-4)
    #expect(
      try result.column("target", of: "evaluate.predictions")
        == result.column("target", of: "split.valid"))
  }

  @Test(arguments: ["binarize.test", "binarize.valid"])
  func `a set of which nothing can be scored is a failure`(_ part: String) throws {
    // No sentence of the part has at most one token, the end.
    let result = try TemporaryPipeline(files: ["pairs.tsv": "a b\tx y\n\tz\nc\t\n"]).run(
      """
      \(PairStages.load)
      [stage.split]
      from = "load"
      shuffle = false
      parts = { train = 1, \(part == "binarize.test" ? "test" : "valid") = "rest" }
      [stage.words]
      kind = "learn-vocabulary"
      from = "load"
      boundaries = true
      [stage.binarize]
      from = "split"
      vocabulary = "words"
      [stage.train]
      from = "binarize.train"
      \(part == "binarize.valid" ? "valid = \"binarize.valid\"" : "")
      \(PairStages.shape(width: 4))
      epochs = 1
      [stage.evaluate]
      from = "\(part)"
      model = "train"
      """)
    #expect(
      result.failure?.message.problem.hasPrefix("none of 2 ") == true, "\(result.failure as Any)")
  }

  @Test func `pairs that are numbered otherwise are refused`() throws {
    let result = try ToyPairs.pipeline().run(
      ToyPairs.definition("epochs = 1") + """

        [stage.words]
        kind = "learn-vocabulary"
        from = "split.train"
        boundaries = true
        [stage.other]
        kind = "binarize"
        from = "split.valid"
        vocabulary = "words"
        [stage.evaluate]
        from = "other"
        model = "train"
        """)
    #expect(
      result.failure?.message.problem
        == "'other' was not made for 'train': it has no pairs, or other vocabularies")
  }
}
