import Metrics
import Testing

@Suite struct PairedRunsTests {
  private static let truth = (0..<60).map { $0 % 3 }

  private static func predictions(wrongEvery a: Int, _ b: Int) -> PairedPredictions {
    func predicted(_ wrong: Int) -> [Int] {
      truth.enumerated().map { $0.offset % wrong == 0 ? ($0.element + 1) % 3 : $0.element }
    }
    return PairedPredictions(truth: truth, a: predicted(a), b: predicted(b), classCount: 3)
  }

  private static let hypotheses = [
    "The dog bit the man.", "It was not unexpected.", "The man bit him first.",
    "He went home quickly.", "We saw three ships today.",
  ]
  private static let others = [
    "The dog bit a man.", "It wasn't surprising.", "The man had bitten him.",
    "He walked home fast.", "We saw 3 ships today.",
  ]
  private static let references = [
    "The dog bit the man.", "It was not surprising.", "The man had just bitten him.",
    "He went home fast.", "We saw three ships today.",
  ]

  @Test func `one run of classifiers is compared as they are without runs`() {
    let pair = Self.predictions(wrongEvery: 10, 3)
    let alone = Resampling().pairedBootstrap(pair) { $0.average(.macro).f1 }
    let runs = Resampling().pairedBootstrap(ofRuns: [pair]) { $0.average(.macro).f1 }
    #expect(runs == alone)
    #expect(runs.pValue < 0.05)
  }

  @Test func `several runs are compared by their mean`() {
    let runs = [Self.predictions(wrongEvery: 10, 3), Self.predictions(wrongEvery: 3, 10)]
    let compared = Resampling().pairedBootstrap(ofRuns: runs) { $0.accuracy }
    #expect(abs(compared.a - compared.b) < 1e-12)
    #expect(compared.pValue > 0.5)
  }

  @Test func `one run of translators is compared as sacreBLEU compares them`() {
    let bleu = BLEU()
    let a = bleu.statistics(of: Self.hypotheses, against: [Self.references])
    let b = bleu.statistics(of: Self.others, against: [Self.references])
    let compared = Resampling().pairedBootstrap(ofRuns: [a], [b], scoredBy: bleu)
    #expect(compared == Resampling().pairedBootstrap(a, b, scoredBy: bleu))
    #expect(abs(compared.pValue - 0.03596403596403597) < 1e-12)
    let interval = Resampling().interval(ofRuns: [a], scoredBy: bleu)
    #expect(interval == Resampling().interval(of: a, scoredBy: bleu))
  }
}
