import Diagnostics
import Formats
import Foundation
import PipelineFixtures
import Testing

/// What translations a table gets, however far its text was prepared.
@Suite(.timeLimit(.minutes(120)))
struct TranslateTests {
  @Test func `text is prepared as far as it was not yet, and undone as far as its references`()
    throws
  {
    let result = try PreparedPairs.run(
      """
      \(PreparedPairs.translate("load", as: "raw"))
      \(PreparedPairs.translate("tokenize-target", as: "tokens"))
      \(PreparedPairs.translate("apply-bpe", as: "pieces"))
      """)
    #expect(result.failure == nil)
    for column in ["hypothesis-tokens", "reference-tokens", "source-pieces", "score", "alignment"] {
      let raw = try result.column(column, of: "raw")
      #expect(raw.count == 30)
      #expect(try result.column(column, of: "tokens") == raw)
      #expect(try result.column(column, of: "pieces") == raw)
    }
    #expect(try result.column("reference", of: "raw")[0] == "Le chien voit un chat.")
    #expect(try result.column("reference", of: "tokens")[0] == "le chien voit un chat .")
    #expect(try result.column("reference-tokens", of: "raw")[0] == "le chien voit un chat .")
    #expect(
      try result.column("reference", of: "pieces") == result.column("reference", of: "tokens"))
    let words = try result.column("hypothesis-tokens", of: "tokens")
    #expect(try result.column("hypothesis", of: "tokens") == words)
    #expect(try result.column("hypothesis", of: "pieces") == words)
    #expect(words.allSatisfy { !$0.contains("@@") })
    let written = try result.column("hypothesis", of: "raw")
    #expect(
      zip(written, words).allSatisfy { $0.replacing(" ", with: "") == $1.replacing(" ", with: "") })
  }

  @Test func `text that was prepared otherwise is refused, unless it is said to be raw`() throws {
    let stages = """
      [stage.tokenize]
      from = "load"
      rules = "moses"
      \(PreparedPairs.translate("tokenize"))

      """
    let refused = try PreparedPairs.run(stages)
    #expect(
      refused.failure?.message.problem
        == "'tokenize.source' is not prepared as 'train' prepares text: in step 1, tokenize, "
        + "lowercase is false, the model's is true")
    let raw = try PreparedPairs.run(stages + "raw = true")
    #expect(raw.failure == nil)
    let again = try PreparedPairs.run(
      """
      [stage.twice]
      kind = "apply-bpe"
      from = "apply-bpe"
      merges = "learn-bpe"
      \(PreparedPairs.translate("twice"))
      """, training: "epochs = 1")
    #expect(
      again.failure?.message.problem
        == "'twice.source' went through apply-bpe, but 'train' has no step left for that")
  }

  @Test func `the best of several translations is scored, and none else`() throws {
    let result = try PreparedPairs.run(
      """
      \(PreparedPairs.translate("load", as: "one"))
      \(PreparedPairs.translate("load", as: "three"))
      n-best = 3
      [stage.score-one]
      kind = "evaluate"
      from = "one"
      resamples = 0
      [stage.score-three]
      kind = "evaluate"
      from = "three"
      resamples = 0
      """)
    #expect(result.failure == nil)
    #expect(try result.column("rank", of: "three").prefix(4) == ["1", "2", "3", "1"])
    #expect(try result.column("hypothesis", of: "three").count == 90)
    #expect(try result.column("rank", of: "one").isEmpty)
    #expect(try result.digest("score-one.scores") == result.digest("score-three.scores"))
    let scores = try result.json("score-one.scores")
    #expect(scores["sentences"] == 30)
    let tokenized = try #require(scores["bleu4-tokenized"]?.doubleValue)
    // Case is lost on the way, so that text is never quite the reference.
    #expect(tokenized > (try #require(scores["bleu"]?.doubleValue)))
  }

  @Test(arguments: ["", "sampling = true\ntop-p = 0.9\nbeam = 2\nn-best = 2"])
  func `the number of cores changes no byte`(_ options: String) throws {
    let stages = """
      \(PreparedPairs.translate("load"))
      batch-size = 4
      \(options)
      """
    let one = try PreparedPairs.run(stages, training: "epochs = 2", cores: 1)
    let two = try PreparedPairs.run(stages, training: "epochs = 2", cores: 2)
    #expect(try one.digest("translate") == two.digest("translate"))
  }

  @Test func `an ensemble of a model with itself is that model`() throws {
    let result = try PreparedPairs.run(
      """
      \(PreparedPairs.translate("load", as: "one"))
      [stage.both]
      kind = "translate"
      from = "load"
      model = "train.model"
      also = ["train.model"]
      """)
    #expect(
      try result.column("hypothesis", of: "both") == result.column("hypothesis", of: "one"))
    #expect(try result.column("alignment", of: "both") == result.column("alignment", of: "one"))
  }

  @Test func `words of the source stand in for unknown ones, whole and by the dictionary`() throws {
    let unknown = """
      unknown-penalty = -1000
      maximum-length = 4
      replace-unknown = true
      """
    let result = try PreparedPairs.run(
      """
      \(PreparedPairs.translate("load"))
      \(unknown)
      \(PreparedPairs.translate("load", as: "named"))
      \(unknown)
      unknown-dictionary = "names.txt"
      """, files: ["names.txt": "dog Rex\n\nsees regarde bien\n"])
    #expect(result.failure == nil)
    let plain = try result.column("hypothesis-tokens", of: "translate")
    let known = Set("the dog cat bird sees hears a .".split(separator: " ").map(String.init))
    for line in plain {
      let words = line.split(separator: " ").map(String.init)
      #expect(words.count == 4 && words.allSatisfy(known.contains))
    }
    let named = try result.column("hypothesis-tokens", of: "named")
    let expected = plain.map { line in
      line.split(separator: " ").map { word in
        word == "dog" ? "Rex" : word == "sees" ? "regarde bien" : String(word)
      }.joined(separator: " ")
    }
    #expect(named == expected)
    #expect(
      try result.column("hypothesis-pieces", of: "named").allSatisfy {
        $0 == "<unk> <unk> <unk> <unk>"
      })
  }

  @Test func `translations begin with the text of a column`() throws {
    let result = try PreparedPairs.run(
      """
      [stage.starts]
      kind = "load"
      path = "starts.tsv"
      header = false
      source = 1
      target = 2
      \(PreparedPairs.translate("starts"))
      prefix = "target"
      """, files: ["starts.tsv": "The dog sees a cat.\tUn merle\nA bird.\tZyx wozu\n"])
    let found = try result.column("hypothesis-tokens", of: "translate")
    #expect(found[0].hasPrefix("un merle"))
    #expect(found[1].hasPrefix("zyx wozu"), "pieces the model does not know are known text")
  }

  @Test func `a dictionary may be written with CR LF and a byte-order mark`() throws {
    let result = try PreparedPairs.run(
      """
      \(PreparedPairs.translate("load"))
      unknown-penalty = -1000
      maximum-length = 4
      replace-unknown = true
      unknown-dictionary = "names.txt"
      """, training: "epochs = 1",
      files: ["names.txt": "\u{FEFF}the LE\r\n\r\n. PUNKT\r\na UN\r\n"])
    let words = try result.column("hypothesis-tokens", of: "translate").joined(separator: " ")
    #expect(!words.contains("the") && !words.contains(".") && !words.contains(" a "))
  }
}
