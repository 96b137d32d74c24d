import Diagnostics
import Reports
import Testing

struct ScoreSpellingTests {
  @Test(arguments: [
    ("bleu", 41.4, "41.40"), ("perplexity", 1.2186, "1.22"), ("macro-f1", 0.93, "0.9300"),
    ("loss", 1.5, "1.5000"), ("majority-accuracy", 0.1, "0.1000"),
  ])
  func `a score has the decimals of its metric, zeros too`(
    name: String, value: Double, spelled: String
  ) {
    #expect(Spelling.score(value, of: name) == spelled)
  }

  @Test(
    arguments: [
      (0.000999, 0.000999, "≤ 0.001"), (0.002, 0.000999, "0.0020"), (0.00002, nil, "< 0.0001"),
      (0.0001, nil, "0.0001"), (1.0 / 101, 1.0 / 101, "≤ 0.01"),
    ] as [(Double, Double?, String)])
  func `a p-value that is the least a test can give is said to be at most that`(
    value: Double, least: Double?, spelled: String
  ) {
    #expect(Spelling.pValue(value, least: least) == spelled)
  }
}
