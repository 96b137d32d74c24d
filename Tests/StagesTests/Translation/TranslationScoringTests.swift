import Diagnostics
import Formats
import Foundation
import PipelineFixtures
import Testing

@Suite(.timeLimit(.minutes(120)))
struct TranslationScoringTests {
  /// The example of sacreBLEU's bootstrap with its system A.
  private static let pairs = """
    hypothesis\treference
    The dog bit the man.\tThe dog bit the man.
    It was not unexpected.\tIt was not surprising.
    The man bit him first.\tThe man had just bitten him.
    He went home quickly.\tHe went home fast.
    We saw three ships today.\tWe saw three ships today.

    """

  private static let load = """
    [stage.load]
    kind = "load"
    path = "pairs.tsv"
    keep = ["hypothesis", "reference"]

    """

  private static let evaluate =
    load + """
      [stage.evaluate]
      from = "load"

      """

  private func scored(
    _ definition: String, pairs: String = pairs
  ) throws -> PipelineResult {
    try TemporaryPipeline(files: ["pairs.tsv": pairs]).run(definition)
  }

  @Test func `scores stand flat beside their signatures and intervals`() throws {
    let scores = try scored(Self.evaluate).json("evaluate.scores")
    #expect(isClose(scores["bleu"], 59.37142727455448))
    #expect(
      scores["bleu-signature"]
        == "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:millrace-5")
    #expect(isClose(scores["bleu-mean"], 57.7225, within: 1e-5))
    #expect(isClose(scores["bleu-interval"], 35.5888, within: 1e-5))
    #expect(isClose(scores["chrf2"], 63.18055867526162))
    #expect(scores["bleu-hypothesis-length"] == 28)
    #expect(scores["bleu-precisions"]?.arrayValue?.count == 4)
    #expect(scores["sentences"] == 5)
    #expect(
      scores["bleu-line"]?.stringValue?.hasPrefix("BLEU = 59.37 ") == true, "\(scores.compact)")
    #expect(
      scores["bleu4-tokenized-signature"]?.stringValue
        == "nrefs:1|case:lc|tok:given|smooth:none|order:4|version:millrace-5")
    #expect(scores["bleu4-tokenized-line"]?.stringValue?.hasPrefix("BLEU4 = ") == true)
    #expect(scores["chrf2++"] != nil && scores["ter"] != nil)
  }

  @Test func `short and long sentences are scored by themselves too`() throws {
    let long = "It is not far to the old mill by the river.\tIt is far to the mill by the river.\n"
    let groups = try #require(
      try scored(Self.evaluate, pairs: Self.pairs + long)
        .json("evaluate.scores")["bleu-by-length"]?.arrayValue)
    #expect(groups.map { $0["from-words"] } == [1, 6])
    #expect(groups.map { $0["to-words"] } == [5, 10])
    #expect(groups.map { $0["sentences"] } == [4, 2])
    let short = Self.pairs.split(separator: "\n").filter { !$0.hasPrefix("The man bit") }
    let alone = try scored(Self.evaluate, pairs: short.joined(separator: "\n") + "\n")
    #expect(groups[0]["score"] == (try alone.json("evaluate.scores")["bleu"]))
    #expect(groups[1]["score"] != groups[0]["score"])
  }

  @Test func `every sentence has its own scores and keeps its line`() throws {
    let rows = try scored(Self.evaluate).table("evaluate.sentences")
    #expect(rows[0] == "line|hypothesis|reference|bleu|chrf2|chrf2++|ter")
    #expect(rows[1] == "2|The dog bit the man.|The dog bit the man.|100.0|100.0|100.0|0.0")
    #expect(rows[2].hasPrefix("3|It was not unexpected.|It was not surprising.|42.728701|"))
  }

  @Test func `only the wanted scores are computed`() throws {
    let scores = try scored(Self.evaluate + "metrics = \"ter\"\nresamples = 0")
    #expect(
      try scores.json("evaluate.scores").objectValue?.map(\.name)
        == ["ter", "ter-signature", "sentences"])
    #expect(try scores.table("evaluate.sentences")[0] == "line|hypothesis|reference|ter")
  }

  @Test func `references may come from another table, row by row`() throws {
    let definition = { (rows: String) in
      """
      [stage.hypotheses]
      kind = "load"
      path = "pairs.tsv"
      keep = "hypothesis"
      [stage.references]
      kind = "load"
      path = "\(rows).tsv"
      keep = "reference"
      [stage.evaluate]
      from = "hypotheses"
      references = "references"
      """
    }
    let short = Self.pairs.split(separator: "\n").dropLast().joined(separator: "\n")
    let pipeline = try TemporaryPipeline(files: ["pairs.tsv": Self.pairs, "short.tsv": short])
    let scores = try pipeline.run(definition("pairs")).json("evaluate.scores")
    #expect(isClose(scores["bleu"], 59.37142727455448))
    #expect(
      try pipeline.run(definition("short")).failure?.message.problem
        == "'hypotheses' has 5 rows, but 'references' has 4")
  }

  @Test func `several references of a sentence are given as several columns`() throws {
    let pairs = """
      hypothesis\tfirst\tsecond
      a cat sat there\ta cat sat here\tthe cat sat there
      """
    let result = try scored(
      """
      [stage.load]
      kind = "load"
      path = "pairs.tsv"
      keep = ["hypothesis", "first", "second"]
      [stage.evaluate]
      from = "load"
      reference = ["first", "second"]
      """, pairs: pairs)
    let scores = try result.json("evaluate.scores")
    #expect(scores["bleu-signature"]?.stringValue?.hasPrefix("nrefs:2|") == true)
    #expect(scores["bleu-precisions"]?.arrayValue?.first?.doubleValue == 100)
    #expect(try result.table("evaluate.sentences")[0].hasPrefix("line|hypothesis|first|second|"))
  }

  @Test func `words that end in @@ are text, and a warning says what else they may be`() throws {
    let line = "the diff @@ -1 +1 @@ shows it"
    let result = try scored(
      Self.evaluate,
      pairs: "hypothesis\treference\n\(line)\t\(line)\nfine words here\tfine words here\n")
    let bleu = try #require(try result.json("evaluate.scores")["bleu"]?.doubleValue)
    #expect(abs(bleu - 100) < 1e-9)
    #expect(
      result.notices.map(\.message.problem) == [
        "1 of 2 sentences hold words that end in @@, such as: \(line)"
      ])
  }

  @Test func `tokenized text and unknown words are warned of`() throws {
    let rows = String(repeating: "it is so .\tit is <unk> .\n", count: 100)
    let pairs = "hypothesis\treference\n" + rows
    let notices = try scored(Self.evaluate, pairs: pairs).notices.map(\.message.problem)
    #expect(notices.count == 2)
    #expect(notices.first?.hasPrefix("the hypotheses look tokenized: 100 or more end in") == true)
    #expect(notices.last?.hasPrefix("the references hold 100 <unk>") == true)
    let quiet = try scored(
      Self.evaluate + "tokenizer = \"none\"", pairs: pairs.replacing("<unk>", with: "so"))
    #expect(quiet.notices.isEmpty)
  }

  @Test func `BLEU4 on tokens takes them as given, from their columns, or cut as Moses does`()
    throws
  {
    let pairs = """
      hypothesis\treference\ttokens\tgold
      The cat, it sat there.\tthe cat, it sat there!\tthe cat , it sat there .\tthe cat , it sat there !
      """
    func score(_ options: String) throws -> JSONValue {
      let load = Self.load.replacing("\"]", with: "\", \"tokens\", \"gold\"]")
      return try scored(load + "[stage.evaluate]\nfrom = \"load\"\n" + options, pairs: pairs)
        .json("evaluate.scores")
    }
    let given = try score("")
    let named = try score("hypothesis-tokens = \"tokens\"\nreference-tokens = \"gold\"")
    let moses = try score("tokens = \"en\"")
    #expect(given["bleu4-tokenized-hypothesis-length"] == 5)
    #expect(named["bleu4-tokenized-hypothesis-length"] == 7)
    #expect(named["bleu4-tokenized"] == moses["bleu4-tokenized"])
    #expect(
      moses["bleu4-tokenized-signature"]?.stringValue?.contains("|tok:moses-en|") == true)
  }

  @Test(arguments: [
    (
      "from = \"load\"\nmetrics = \"belu\"",
      "translations have no score 'belu'; did you mean 'bleu'?"
    ),
    ("from = \"load\"\nreference = []", "there is nothing to compare with"),
    (
      "from = \"load\"\nmodel = \"load\"",
      "evaluate.model wants a model, but 'load' gives a table"
    ),
  ])
  func `a definition that cannot be scored is refused before anything runs`(
    _ options: String, _ problem: String
  ) throws {
    let problems = try TemporaryPipeline().problems(Self.load + "[stage.evaluate]\n" + options)
    #expect(problems.map(\.message.problem).contains(problem), "\(problems)")
  }
}

/// Whether a score is there and differs by at most `tolerance` of the larger.
func isClose(_ value: JSONValue?, _ expected: Double, within tolerance: Double = 1e-9) -> Bool {
  guard let value = value?.doubleValue else { return false }
  return abs(value - expected) <= tolerance * max(abs(value), abs(expected))
}
