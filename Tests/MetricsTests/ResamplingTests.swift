import Fixtures
import Metrics
import Testing

@Suite struct ResamplingTests {
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

  @Test func `the paired bootstrap gives sacreBLEU's scores, intervals and p-value`() throws {
    guard let cases = try GoldenCases.all("paired_bootstrap", as: PairedBootstrapCase.self) else {
      Folders.sayNotRun("paired bootstrap", missing: GoldenCases.missing)
      return
    }
    for golden in cases {
      let a = BLEU().statistics(of: golden.a, against: [golden.references])
      let b = BLEU().statistics(of: golden.b, against: [golden.references])
      let paired = Resampling().pairedBootstrap(a, b, scoredBy: BLEU())
      #expect(isClose(paired.a, golden.bleu_a))
      #expect(isClose(paired.b, golden.bleu_b))
      #expect(isClose(paired.pValue, golden.p_value))
      let intervalA = Resampling().interval(of: a, scoredBy: BLEU())
      let intervalB = Resampling().interval(of: b, scoredBy: BLEU())
      // The peer sums in 32 bits.
      #expect(isClose(intervalA.mean, golden.mean_a, within: 1e-6))
      #expect(isClose(intervalA.halfWidth, golden.ci_a, within: 1e-5))
      #expect(isClose(intervalB.mean, golden.mean_b, within: 1e-6))
      #expect(isClose(intervalB.halfWidth, golden.ci_b, within: 1e-5))
    }
    print("paired bootstrap: \(cases.count) cases")
    #expect(!cases.isEmpty)
  }

  @Test func `five segments give the figures sacreBLEU's seed gives`() {
    let bleuA = BLEU().statistics(of: a, against: [references])
    let bleuB = BLEU().statistics(of: b, against: [references])
    let bleu = Resampling().pairedBootstrap(bleuA, bleuB, scoredBy: BLEU())
    #expect(isClose(bleu.a, 59.37142727455448))
    #expect(isClose(bleu.b, 26.024277697273813))
    #expect(isClose(bleu.pValue, 0.03596403596403597))
    let interval = Resampling().interval(of: bleuA, scoredBy: BLEU())
    #expect(isClose(interval.mean, 57.7225, within: 1e-6))
    #expect(isClose(interval.halfWidth, 35.5888, within: 1e-5))

    let metric = CharacterFScore()
    let chrA = metric.statistics(of: a, against: [references])
    let chrB = metric.statistics(of: b, against: [references])
    let chrF = Resampling().pairedBootstrap(chrA, chrB, scoredBy: metric)
    #expect(isClose(chrF.a, 63.18055867526162))
    #expect(isClose(chrF.pValue, 0.33966033966033965))
  }

  @Test func `a system does not differ from itself`() {
    let statistics = BLEU().statistics(of: a, against: [references])
    let paired = Resampling().pairedBootstrap(statistics, statistics, scoredBy: BLEU())
    #expect(paired.pValue == 1)
    #expect(paired.a == paired.b)
  }

  @Test func `one segment has an interval of no width`() {
    let statistics = BLEU().statistics(of: [a[0]], against: [[references[0]]])
    let interval = Resampling().interval(of: statistics, scoredBy: BLEU())
    #expect(isClose(interval.mean, 100) && interval.halfWidth == 0)
  }
}
