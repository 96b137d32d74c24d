import Metrics
import Testing

@Suite struct ApproximateRandomizationTests {
  private let references = [
    "The dog bit the man.", "It was not surprising.", "The man had just bitten him.",
    "He went home fast.", "We saw three ships today.",
  ]
  private let a = [
    "The dog bit the man.", "It was not unexpected.", "The man bit him first.",
    "He went home quickly.", "We saw three ships today.",
  ]
  private let b = [
    "The dog bit a man.", "It wasn't surprising.", "The man had bitten him.",
    "He walked home fast.", "We saw 3 ships today.",
  ]

  private func pValue(_ metric: some TranslationMetric, _ a: [String], _ b: [String]) -> Double {
    ApproximateRandomization().comparison(
      metric.statistics(of: a, against: [references]),
      metric.statistics(of: b, against: [references]), scoredBy: metric
    ).pValue
  }

  @Test func `ten thousand trials give the p-values sacreBLEU's seed gives`() {
    #expect(isClose(pValue(BLEU(), a, b), 0.25347465253474655))
    #expect(isClose(pValue(CharacterFScore(), a, b), 0.7519248075192481))
    #expect(isClose(pValue(TER(), a, b), 0.8764123587641236))
  }

  @Test func `a system does not differ from itself`() { #expect(pValue(BLEU(), a, a) == 1) }
}
