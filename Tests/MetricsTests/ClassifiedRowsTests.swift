import Metrics
import Testing

/// How far a classifier's scores and probabilities can be believed; the figures are those of NumPy
/// and scikit-learn.
struct ClassifiedRowsTests {
  private static func rows() -> ClassifiedRows {
    let truth = [0, 1, 2, 1, 0, 2, 1, 1, 0, 2]
    let predicted = [0, 1, 1, 1, 0, 2, 0, 1, 2, 2]
    let probabilities = [0.9, 0.6, 0.3, 0.8, 0.5, 0.7, 0.2, 0.55, 0.1, 0.95]
    var rows = ClassifiedRows(classCount: 3)
    for row in truth.indices {
      rows.append(true: truth[row], predicted: predicted[row], probability: probabilities[row])
    }
    return rows
  }

  @Test func `intervals are those of rows resampled as NumPy draws them`() throws {
    let intervals = Resampling().intervals(of: Self.rows(), by: [.accuracy, .macroF1, .logLoss])
    let expected = [
      (0.7027, 0.3), (0.6587410261278681, 0.3424242424242424),
      (0.7613110717869137, 0.4204664772770146),
    ]
    for (interval, expected) in zip(intervals, expected) {
      let interval = try #require(interval)
      #expect(isClose(interval.mean, expected.0))
      #expect(isClose(interval.halfWidth, expected.1))
    }
  }

  @Test func `no rows have no interval`() {
    #expect(Resampling().intervals(of: ClassifiedRows(classCount: 2), by: [.accuracy]) == [nil])
  }

  @Test func `the calibration error is the mean distance of confidence and accuracy`() {
    var calibration = Calibration()
    let confidences = [0.95, 0.92, 0.7, 0.65, 0.55, 0.4, 0.99, 0.2]
    let right = [true, true, false, true, false, true, true, false]
    for (confidence, isRight) in zip(confidences, right) {
      calibration.add(probability: confidence, isRight: isRight)
    }
    #expect(isClose(calibration.error, 0.3175))
    #expect(calibration.bins.count == 15 && calibration.count == 8)
    #expect(calibration.bins[14].count == 2 && calibration.bins[14].accuracy == 1)
  }

  @Test func `probabilities at the ends and none at all have bins`() {
    var calibration = Calibration(binCount: 2)
    for probability in [0, 0.5, 1, .nan, -1, 2] {
      calibration.add(probability: probability, isRight: true)
    }
    #expect(calibration.bins.map(\.count) == [4, 2])
    #expect(Calibration().error == 0)
  }

  @Test func `average precision and precision at each recall are scikit-learn's`() throws {
    let truth = [true, false, true, true, false, false, true, false]
    let curve = try #require(
      PrecisionRecallCurve([0.9, 0.8, 0.7, 0.7, 0.6, 0.5, 0.4, 0.3], isTrue: { truth[$0] }))
    #expect(isClose(curve.averagePrecision, 0.7678571428571428))
    let expected =
      [Double](repeating: 1, count: 5) + [Double](repeating: 0.75, count: 10)
      + [Double](repeating: 4.0 / 7, count: 5)
    #expect(zip(curve.precisions, expected).allSatisfy { isClose($0, $1) })
  }

  @Test func `a class that no row has is without a curve`() {
    #expect(PrecisionRecallCurve([0.5, 0.1], isTrue: { _ in false }) == nil)
  }
}
