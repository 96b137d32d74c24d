import Fixtures
import Metrics
import Testing

/// The tutorial "Add a metric": its code is this file's and `MacroRecall.swift`'s.
struct MetricTutorialTests {
  @Test func `the mean recall counts a small class as much as a large one`() throws {
    guard case .confusion(let score) = Metric.macroRecall.basis else {
      Issue.record("it is computed from something else")
      return
    }
    var confusion = ConfusionMatrix(classCount: 2)
    confusion.add(true: 0, predicted: 0, count: 90)
    confusion.add(true: 1, predicted: 1, count: 5)
    confusion.add(true: 1, predicted: 0, count: 5)
    #expect(score(confusion) == 0.75)
    #expect(confusion.accuracy == 0.95)
  }

  @Test func `the tutorial shows code that is compiled`() throws {
    let tutorial = try Tutorial("Sources/Metrics/Metrics.docc/AddAMetric.md")
    let files = ["MacroRecall.swift", "MetricTutorialTests.swift"]
    #expect(
      try tutorial.swiftMissing(from: files.map { "Tests/MetricsTests/Tutorials/\($0)" }) == [])
    #expect(tutorial.blocks("swift").count == 2)
  }
}
