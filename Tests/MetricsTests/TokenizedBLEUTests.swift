import Fixtures
import Foundation
import Metrics
import Testing

@Suite struct TokenizedBLEUTests {
  @Test func `a trained model's translations score what fairseq gave them`() throws {
    guard
      let file = Folders.golden?
        .appending(path: "fairseq-multi30k-de-en/test_2016.hypotheses.tsv"),
      let text = try? String(contentsOf: file, encoding: .utf8)
    else {
      Folders.sayNotRun("fairseq's BLEU4", missing: GoldenCases.missing)
      return
    }
    let rows = text.split(separator: "\n").dropFirst()
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    let score = TokenizedBLEU().score(rows.map { $0[4] }, references: rows.map { $0[2] })
    #expect(
      score.fairseqDescription.hasPrefix("BLEU4 = 41.36, 72.3/49.8/34.9/24.8 (BP=0.985, "),
      "\(score.fairseqDescription)")
  }

  @Test func `tokens are taken as they are given`() {
    let score = TokenizedBLEU().score(["the cat ."], references: ["the cat."])
    #expect(score.matches == [1, 0, 0, 0])
    #expect(score.value == 0)
  }

  @Test func `an order without a match makes the score 0`() {
    #expect(TokenizedBLEU().score(["a b c x d"], references: ["a b c y d"]).value == 0)
    #expect(TokenizedBLEU().score(["a b c d"], references: ["a b c d"]).value > 99.99)
  }

  @Test func `an empty segment counts as one token`() {
    let score = TokenizedBLEU().score(["", "a"], references: ["b c", ""])
    #expect(score.hypothesisLength == 2)
    #expect(score.referenceLength == 3)
    #expect(score.totals == [2, 0, 0, 0])
    #expect(TokenizedBLEU().score([""], references: [""]).matches[0] == 1)
  }

  @Test func `an unknown word of a reference is never matched`() {
    #expect(TokenizedBLEU().score(["a <unk>"], references: ["a <unk>"]).matches[0] == 1)
  }
}
