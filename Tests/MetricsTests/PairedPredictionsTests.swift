import Metrics
import Testing

@Suite struct PairedPredictionsTests {
  /// 200 rows of three classes: `a` errs in every tenth row, `b` in every fourth.
  private let predictions: PairedPredictions = {
    let truth = (0..<200).map { $0 * 7 % 3 }
    return PairedPredictions(
      truth: truth, a: truth.enumerated().map { $0 % 10 == 0 ? ($1 + 1) % 3 : $1 },
      b: truth.enumerated().map { $0 % 4 == 1 ? ($1 + 2) % 3 : $1 }, classCount: 3)
  }()

  @Test func `disagreements count the rows that one classifier alone gets right`() {
    #expect(predictions.disagreements == (50, 20))
  }

  @Test func `the exact test gives what SciPy's binomial test gives`() {
    #expect(isClose(McNemarTest(onlyA: 5, onlyB: 1).pValue, 0.21875))
    #expect(isClose(McNemarTest(onlyA: 1, onlyB: 5).pValue, 0.21875))
    #expect(isClose(McNemarTest(onlyA: 20, onlyB: 50).pValue, 0.00044028500651396835, within: 1e-9))
    #expect(isClose(McNemarTest(onlyA: 400, onlyB: 480).pValue, 0.007707305043339141, within: 1e-9))
    #expect(McNemarTest(onlyA: 3, onlyB: 3).pValue == 1)
    #expect(McNemarTest(onlyA: 0, onlyB: 0).pValue == 1)
  }

  @Test func `a classifier that is clearly worse is told apart in every score`() {
    let scores: [(ConfusionMatrix) -> Double] = [
      \.accuracy, { $0.average(.macro).f1 }, { $0.average(.weighted).f1 },
    ]
    for score in scores {
      let paired = Resampling().pairedBootstrap(predictions, scoredBy: score)
      #expect(paired.a > paired.b && paired.pValue < 0.01)
      let difference = paired.difference
      #expect(difference.map { $0.mean + $0.halfWidth < 0 } == true)
    }
    #expect(Resampling().pairedBootstrap(predictions, scoredBy: \.accuracy).a == 0.9)
    #expect(McNemarTest(predictions).pValue < 0.001)
  }

  @Test func `one row more or less is chance`() {
    var b = predictions.a
    b[0] = predictions.truth[0]
    let nearly = PairedPredictions(
      truth: predictions.truth, a: predictions.a, b: b, classCount: 3)
    let paired = Resampling().pairedBootstrap(nearly, scoredBy: \.accuracy)
    #expect(isClose(paired.b - paired.a, 1.0 / 200, within: 1e-9) && paired.pValue > 0.05)
    #expect(McNemarTest(nearly).pValue == 1)
  }

  @Test func `which of the two comes first changes nothing but the sign`() {
    let paired = Resampling().pairedBootstrap(predictions, scoredBy: \.accuracy)
    let other = PairedPredictions(
      truth: predictions.truth, a: predictions.b, b: predictions.a, classCount: 3)
    let swapped = Resampling().pairedBootstrap(other, scoredBy: \.accuracy)
    #expect(paired.pValue == swapped.pValue && paired.a == swapped.b)
    #expect(paired.difference?.halfWidth == swapped.difference?.halfWidth)
  }

  @Test func `Holm's correction gives what statsmodels gives`() {
    let corrected = holmCorrected([0.01, 0.04, 0.03, 0.005, 0.9])
    let expected = [0.04, 0.09, 0.09, 0.025, 0.9]
    #expect(zip(corrected, expected).allSatisfy { isClose($0, $1) })
    #expect(holmCorrected([]).isEmpty)
    #expect(holmCorrected([0.7, 0.8]) == [1, 1])
  }
}
