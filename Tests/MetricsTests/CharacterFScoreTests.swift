import Fixtures
import Metrics
import Testing

@Suite struct CharacterFScoreTests {
  private let hypotheses = [
    "The dog bit the man.", "It was not unexpected.", "The man bit him first.",
  ]
  private let references = [
    ["The dog bit the man.", "It was not surprising.", "The man had just bitten him."]
  ]

  @Test func `scores of corpora and sentences are those of sacreBLEU`() throws {
    guard let cases = try GoldenCases.all("translation", as: TranslationCase.self) else {
      Folders.sayNotRun("chrF", missing: GoldenCases.missing)
      return
    }
    var count = 0
    for golden in cases {
      for expected in golden.scores where expected.metric == "chrf" {
        let metric = expected.options.characterFScore
        let value = metric.value(of: golden.hypotheses, against: golden.references)
        #expect(isClose(value, expected.score), "\(golden.name): \(expected.signature)")
        let signature = metric.signature(referenceCount: golden.references.count)
        #expect(signature == expected.signatureWithoutVersion)
        count += 1
      }
      for (i, expected) in (golden.sentence_chrf ?? []).enumerated() {
        let references = golden.references.map { $0[i] }
        let value = CharacterFScore().sentenceScore(golden.hypotheses[i], references: references)
        #expect(isClose(value, expected), "\(golden.name), sentence \(i)")
        count += 1
      }
    }
    print("chrF: \(count) scores")
    #expect(count > 0)
  }

  @Test func `chrF and chrF++ of the textbook example are as published`() {
    let chrF = CharacterFScore().value(of: hypotheses, against: references)
    #expect(isClose(chrF, 50.85804145600248))
    let plusPlus = CharacterFScore.plusPlus.value(of: hypotheses, against: references)
    #expect(isClose(plusPlus, 54.734736545964594))
  }

  @Test func `punctuation is split off a word once, and first at its end`() {
    var metric = CharacterFScore.plusPlus
    metric.characterOrder = 1
    func words(_ hypothesis: String, _ reference: String) -> [Double] {
      Array(metric.statistics(of: [hypothesis], against: [[reference]]).values.dropFirst(3))
    }
    #expect(words("hi) (a !", "hi ) ( a !") == [5, 5, 5, 4, 4, 4])
    #expect(words("(hi)", "hi )") == [2, 2, 1, 1, 1, 0])
  }

  @Test func `of several references the best counts`() {
    let value = CharacterFScore().sentenceScore("abc", references: ["xyz", "abc"])
    #expect(value == 100)
  }
}
