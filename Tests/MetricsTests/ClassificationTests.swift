import Fixtures
import Metrics
import Testing

@Suite struct ClassificationTests {
  private struct Case: Decodable {
    let classes: Int
    let truth: [Int]
    let predicted: [Int]
    let accuracy: Double
    let f1: [String: Double]
    let precision: [Double]
    let recall: [Double]
    let f1_per_class: [Double]
    let support: [Int]
    let confusion: [[Int]]
  }

  @Test func `scores are those of scikit-learn`() throws {
    let own = try GoldenCases.read("cases", of: Case.self, from: "classification")
    let cases = own + (try GoldenCases.all("classification", as: Case.self) ?? [])
    for golden in cases {
      let matrix = matrix(golden.truth, golden.predicted, classCount: golden.classes)
      #expect(isClose(matrix.accuracy, golden.accuracy))
      for (name, value) in golden.f1 {
        let averaging = try #require(Averaging(rawValue: name))
        #expect(isClose(matrix.average(averaging).f1, value), "\(name) F1")
      }
      let labels =
        golden.support.count == golden.classes
        ? Array(0..<golden.classes) : matrix.occurringClasses
      for (position, label) in labels.enumerated() {
        let scores = matrix.scores(of: label)
        #expect(isClose(scores.precision, golden.precision[position]))
        #expect(isClose(scores.recall, golden.recall[position]))
        #expect(isClose(scores.f1, golden.f1_per_class[position]))
        #expect(matrix.trueCount(label) == golden.support[position])
        for (column, other) in labels.enumerated() {
          #expect(matrix[true: label, predicted: other] == golden.confusion[position][column])
        }
      }
    }
    print("classification scores: \(cases.count) cases")
    #expect(!cases.isEmpty)
  }

  @Test func `a class that is predicted but never true counts in the macro average`() {
    let matrix = matrix([0, 0, 1], [0, 2, 1], classCount: 4)
    #expect(matrix.occurringClasses == [0, 1, 2])
    #expect(isClose(matrix.average(.macro).f1, (2.0 / 3 + 1 + 0) / 3))
    #expect(isClose(matrix.average(.weighted).f1, (2 * (2.0 / 3) + 1) / 3))
    #expect(matrix.scores(of: 3) == matrix.scores(of: 2))
  }

  @Test func `nothing counted scores nothing`() {
    let matrix = ConfusionMatrix(classCount: 3)
    #expect(matrix.accuracy == 0 && matrix.majorityClass == nil && matrix.total == 0)
    #expect(Averaging.allCases.allSatisfy { matrix.average($0).f1 == 0 })
    #expect(LogLoss().value == 0)
  }

  @Test func `parts of a set merge to the whole`() {
    let truth = (0..<100).map { $0 * 7 % 5 }
    let predicted = (0..<100).map { $0 * 3 % 5 }
    var merged = matrix(Array(truth[..<37]), Array(predicted[..<37]), classCount: 5)
    merged.merge(matrix(Array(truth[37...]), Array(predicted[37...]), classCount: 5))
    #expect(merged == matrix(truth, predicted, classCount: 5))
    #expect(merged.total == 100)
  }

  @Test func `the majority baseline gives every item the most frequent class`() throws {
    let matrix = matrix([2, 1, 2, 1, 2, 0], [2, 1, 1, 0, 2, 0], classCount: 3)
    let majority = try #require(matrix.majorityClass)
    #expect(majority == 2)
    let baseline = matrix.baseline(alwaysPredicting: majority)
    #expect(baseline.accuracy == 0.5)
    #expect(isClose(baseline.average(.macro).f1, (2.0 / 3) / 3))
  }

  @Test func `log-loss is the mean surprise, bounded at impossible truths`() {
    var loss = LogLoss()
    loss.add(probability: 0.5)
    loss.add(probability: 0.25)
    #expect(isClose(loss.value, 1.5 * 0.6931471805599453))
    var certain = LogLoss()
    certain.add(probability: 0)
    #expect(isClose(certain.value, 36.04365338911715))
    certain.add(probability: 1)
    #expect(isClose(certain.value, 36.04365338911715 / 2))
    loss.merge(certain)
    #expect(loss.count == 4)
    loss.add(probability: .nan)
    #expect(loss.value.isNaN)
  }

  private func matrix(_ truth: [Int], _ predicted: [Int], classCount: Int) -> ConfusionMatrix {
    var matrix = ConfusionMatrix(classCount: classCount)
    for (truth, predicted) in zip(truth, predicted) {
      matrix.add(true: truth, predicted: predicted)
    }
    return matrix
  }
}
