import Fixtures
import Metrics
import Testing

@Suite struct BLEUTests {
  private let hypotheses = [
    "The dog bit the man.", "It was not unexpected.", "The man bit him first.",
  ]
  private let references = [
    ["The dog bit the man.", "It was not surprising.", "The man had just bitten him."]
  ]

  @Test func `scores, precisions and lengths are those of sacreBLEU`() throws {
    guard let cases = try GoldenCases.all("translation", as: TranslationCase.self) else {
      Folders.sayNotRun("BLEU", missing: GoldenCases.missing)
      return
    }
    var count = 0
    for golden in cases {
      for expected in golden.scores where expected.metric == "bleu" {
        let bleu = try #require(expected.options.bleu, "\(expected.options)")
        let score = bleu.score(golden.hypotheses, references: golden.references)
        let name = "\(golden.name): \(expected.signature)"
        #expect(isClose(score.value, expected.score), "\(name)")
        #expect(score.matches == expected.counts, "\(name)")
        #expect(score.totals == expected.totals, "\(name)")
        #expect(zip(score.precisions, expected.precisions ?? []).allSatisfy { isClose($0, $1) })
        #expect(isClose(score.brevityPenalty, expected.brevity_penalty ?? -1), "\(name)")
        #expect(score.hypothesisLength == expected.sys_len, "\(name)")
        #expect(score.referenceLength == expected.ref_len, "\(name)")
        let signature = bleu.signature(referenceCount: golden.references.count)
        #expect(signature == expected.signatureWithoutVersion)
        count += 1
      }
      for (i, expected) in (golden.sentence_bleu ?? []).enumerated() {
        let references = golden.references.map { $0[i] }
        let score = BLEU().sentenceScore(golden.hypotheses[i], references: references)
        #expect(isClose(score.value, expected), "\(golden.name), sentence \(i)")
        count += 1
      }
    }
    print("BLEU: \(count) scores")
    #expect(count > 0)
  }

  @Test func `a score is printed as sacreBLEU prints it`() {
    let score = BLEU().score(hypotheses, references: references)
    #expect(isClose(score.value, 50.178269406946576))
    #expect(
      score.description == "BLEU = 50.18 82.4/57.1/45.5/37.5 "
        + "(BP = 0.943 ratio = 0.944 hyp_len = 17 ref_len = 18)")
  }

  @Test func `lower case and given tokens score differently`() {
    var bleu = BLEU()
    bleu.lowercase = true
    bleu.tokenizer = .none
    #expect(isClose(bleu.value(of: hypotheses, against: references), 51.124702555459926))
  }

  @Test(arguments: [
    (
      #"Hello, world! It's 3,000.50 $5-6 e-mail (a/b) "x" &quot;y&quot; &amp;amp; 5-"#,
      #"Hello , world ! It's 3,000.50 $ 5 - 6 e-mail ( a / b ) " x " " y " & amp ; 5 -"#
    ),
    (
      "U.S. p.3, 1.5% co-op -3 a-1 1-a [x]",
      "U . S . p . 3 , 1.5 % co-op -3 a-1 1 - a [ x ]"
    ),
    ("Ça coûte 3,5 €… ça va.", "Ça coûte 3,5 €… ça va ."),
    ("a..b ,,c <skipped>d", "a . . b , , c d"),
  ])
  func `13a sets punctuation off as mteval does`(text: String, tokens: String) {
    // Tokenising tokens changes nothing, so the text matches them from end to end.
    let score = BLEU().score([text], references: [[tokens]])
    #expect(score.matches == score.totals)
    #expect(score.hypothesisLength == tokens.split(separator: " ").count)
  }

  @Test func `Chinese characters are words of their own, as sacreBLEU's zh has it`() {
    var bleu = BLEU()
    bleu.tokenizer = .chinese
    let score = bleu.score(["我们在北京。很好, 12-3—yes."], references: [["我们在上海。很好, 12-3—no."]])
    #expect(isClose(score.value, 58.282339541526554))
    #expect(score.hypothesisLength == 15 && score.referenceLength == 15)
  }

  @Test func `too short a hypothesis scores nothing but as a sentence`() {
    let (hypothesis, reference) = ("the cat", "the cat sat on the mat")
    #expect(BLEU().value(of: [hypothesis], against: [[reference]]) == 0)
    #expect(BLEU().sentenceScore(hypothesis, references: [reference]).value > 0)
  }

  @Test func `of several references the closest length counts, the shorter if two are as close`() {
    let score = BLEU().score(["a b c"], references: [["a b c d e"], ["a b c d"], ["a b"]])
    #expect(score.referenceLength == 2)
    #expect(score.matches == [3, 2, 1, 0])
  }

  @Test func `n-grams are matched as often as in one reference, not in all together`() {
    var bleu = BLEU()
    bleu.maximumOrder = 1
    #expect(bleu.score(["a a a"], references: [["a a"], ["a b"]]).matches == [2])
  }

  @Test func `text that looks tokenised is noticed`() {
    #expect(BLEU.looksTokenized(Array(repeating: "It is so .", count: 100)))
    #expect(!BLEU.looksTokenized(Array(repeating: "It is so.", count: 100)))
  }

  @Test func `four times as many segments take four times the time`() {
    let words = ["a", "man", "in", "blue", "shirt", "is", "standing", "on", "ladder", "cleaning"]
    let texts = (0..<20_000).map { i in
      (0..<12).map { words[(i * 31 + $0 * $0 * 7) % words.count] }.joined(separator: " ")
    }
    let shifted = Array(texts[1...] + [texts[0]])
    let growth = ProcessorTime.growth(from: 5_000) { count in
      _ = BLEU().score(Array(texts.prefix(count)), references: [Array(shifted.prefix(count))])
    }
    print("BLEU: 20,000 segments take \(growth) times as long as 5,000")
    #expect(growth < 10)
  }
}
