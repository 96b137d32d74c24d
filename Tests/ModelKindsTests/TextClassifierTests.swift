import Artifacts
import Diagnostics
import ModelKinds
import PipelineFixtures
import Pipelines
import Stages
import Testing

/// A model alone, given raw text, answers what `evaluate` answered for the same rows.
@Suite(.timeLimit(.minutes(120)))
struct TextClassifierTests {
  /// The stages between `load` and `binarize`, the last of them named `ready`.
  struct Chain: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let stages: String
    var load = "[stage.load]\npath = \"raw.csv\"\ntext = \"text\"\nlabel = \"label\"\n"
  }

  static let chains = [
    Chain(
      testDescription: "words, cut at a percentile on the right",
      stages: split("load")
        + "[stage.tokenize]\nfrom = \"split\"\n"
        + "[stage.ready]\nkind = \"pad\"\nfrom = \"tokenize\"\npercentile = 40\n"),
    Chain(
      testDescription: "cleaning with stop words, cut on the left before a left padding",
      stages: """
        [stage.clean]
        from = "load"
        lowercase = true
        html = true
        entities = true
        urls = true
        unicode = "nfkc"
        stop-words = ["and"]
        stop-words-file = "stop.txt"
        drop-empty = false
        [stage.tokenize]
        from = "clean"

        """ + split("tokenize")
          + """
          [stage.ready]
          kind = "pad"
          from = "split"
          length = 3
          side = "left"
          truncate = "left"

          """),
    Chain(
      testDescription: "cleaning as tweets need it, whole emoji",
      stages: """
        [stage.clean]
        from = "load"
        replace = [['(?i)th(e|at)\\b', '$1'], ["!", "?"]]
        html = true
        invisible = "remove"
        user-names = "@user"
        numbers = "0"
        emoji = "name"
        repeated-letters = 1
        drop-empty = false
        [stage.tokenize]
        from = "clean"
        emoji = "whole"

        """ + split("tokenize", named: "ready")),
    Chain(
      testDescription: "moses with prefixes and options",
      stages: """
        [stage.tokenize]
        from = "load"
        rules = "moses"
        language = "fr"
        normalize = true
        aggressive = true
        prefixes = "prefixes.txt"
        protect = ["<[a-z]+>"]

        """ + split("tokenize", named: "ready")),
    Chain(
      testDescription: "subwords limited by a vocabulary, dropped in training alone",
      stages: "[stage.tokenize]\nfrom = \"load\"\n" + split("tokenize")
        + """
        [stage.merges]
        kind = "learn-bpe"
        from = "split.train"
        merges = 40
        [stage.whole]
        kind = "apply-bpe"
        from = "split.train"
        merges = "merges"
        [stage.counts]
        kind = "learn-vocabulary"
        from = "whole"
        [stage.ready]
        kind = "apply-bpe"
        from = "split"
        merges = "merges"
        vocabulary = "counts"
        vocabulary-threshold = 3
        dropout = 0.2

        """),
    Chain(
      testDescription: "characters of parts that were loaded apart",
      stages: """
        [stage.more]
        kind = "load"
        path = "raw.csv"
        text = "text"
        label = "label"
        [stage.low]
        kind = "clean"
        from = "more"
        lowercase = true
        drop-empty = false
        [stage.split]
        from = "load"
        parts = { valid = 4, train = "low", test = "low" }
        [stage.ready]
        kind = "tokenize"
        from = "split"
        rules = "characters"

        """),
  ]

  @Test(arguments: chains)
  func `a model answers for raw text as evaluate does for rows`(_ chain: Chain) throws {
    let pipeline = try TemporaryPipeline(files: [
      "raw.csv": "label,text\n" + Self.rows.map { "\($0.label),\"\($0.text)\"\n" }.joined(),
      "stop.txt": "the\nit\n", "prefixes.txt": "Foo\n",
    ])
    let result = try pipeline.run("seed = 2\n" + chain.load + chain.stages + Self.learning)
    if let failure = result.failure { throw failure }
    var classifier = try TextClassifier(
      result.store.open(result.digest("train.model")), named: "train", in: .standard)
    let expected = try result.table("evaluate.predictions").dropFirst().map { line in
      line.split(separator: "|").map(String.init)
    }
    #expect(expected.count > 5)
    for row in expected {
      let raw = Self.rows[try #require(Int(row[0])) - 2].text.replacing("\"\"", with: "\"")
      let best = try #require(classifier.classify(raw).classes.first)
      #expect(best.name == row[2], "\(raw)")
      let stored = try #require(Double(row[3]))
      #expect(abs(Double(best.probability) - stored) < 2e-6, "\(raw)")
    }
  }

  @Test func `text without a known or any token is answered`() throws {
    let result = try Toy.pipeline().run(Toy.definition("epochs = 1"))
    var classifier = try TextClassifier(
      result.store.open(result.digest("train.model")), named: "train", in: .standard)
    for text in ["", "   ", "<pad>", "zebra \u{0} \u{FFFD}"] {
      let sum = classifier.classify(text).classes.reduce(0) { $0 + $1.probability }
      #expect(abs(sum - 1) < 1e-5)
    }
    #expect(
      classifier.classify("").classes.map(\.probability)
        == classifier.classify("   ").classes.map(\.probability))
  }

  @Test func `a model goes on cleaning as it was trained when the definition has changed`() throws {
    let pipeline = try Toy.pipeline()
    let clean = "\n[stage.clean]\nfrom = \"load\"\nlowercase = true\n"
    let definition = Toy.definition("epochs = 1")
      .replacing("[stage.split]\nfrom = \"load\"", with: clean + "[stage.split]\nfrom = \"clean\"")
    let trained = try pipeline.run(definition)
    let changed = try pipeline.plan(definition.replacing("lowercase = true", with: ""))
    let assessment = try Assessment(of: changed, in: pipeline.store)
    #expect(assessment["clean"]?.state == .run)
    #expect(assessment["train"]?.record == nil)
    let record = try #require(try assessment.previousRecord(of: "train", in: pipeline.store))
    let digest = try #require(record.output("model")).digest
    #expect(try digest == trained.digest("train.model"))
    var classifier = try TextClassifier(pipeline.store.open(digest), named: "train", in: .standard)
    #expect(
      classifier.classify("A LOVELY FILM").classes.map(\.probability)
        == classifier.classify("a lovely film").classes.map(\.probability))
  }

  @Test func `an artifact that is no model is refused`() throws {
    let result = try Toy.pipeline().run(Toy.definition("epochs = 1"))
    #expect(throws: Diagnostic.self) {
      try TextClassifier(
        result.store.open(result.digest("binarize.train")), named: "binarize", in: .standard)
    }
  }

  private static func split(_ from: String, named name: String = "split") -> String {
    """
    [stage.\(name)]
    kind = "split"
    from = "\(from)"
    parts = { train = 30, valid = 6, test = "rest" }

    """
  }

  private static let learning = """
    [stage.words]
    kind = "learn-vocabulary"
    from = "ready.train"
    minimum-count = 2
    [stage.binarize]
    from = "ready"
    vocabulary = "words"
    [stage.train]
    from = "binarize.train"
    valid = "binarize.valid"
    embedding = 6
    hidden = 5
    epochs = 2
    learning-rate = 0.02
    batch-size = 7
    [stage.evaluate]
    from = "binarize.test"
    model = "train"
    """

  /// Sixty texts with all that cleaning and tokenizing look at; some are empty.
  private static let rows: [(label: String, text: String)] = (0..<60).map { row in
    let openings = ["The", "It's", "ÉCOLE", "<b>Foo</b> &amp; Foo. Bar", "l'été", "", "№5 ﬁne"]
    let middles = ["well-known", "http://a.example/b?c", "“quoted”", "3.5 km", "dog and cat"]
    let ends = ["barks.", "<pad>", "sings - loudly!", "\"\"quote\"\"", "2,000 times", "end"]
    guard row % 13 != 12 else { return ("odd", "  ") }
    let text =
      [openings[row % 7], middles[row * 3 % 5], ends[row * 5 % 6]]
      + Array(repeating: "more", count: row % 4)
    return (row % 3 == 0 ? "odd" : "even", text.joined(separator: " "))
  }
}
