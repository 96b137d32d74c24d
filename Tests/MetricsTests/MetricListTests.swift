import Metrics
import Testing

/// What the list says of each metric, held against what the metric computes.
@Suite struct MetricListTests {
  @Test func `no two metrics have one name, and each is found by its own`() {
    let names = Metric.all.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names { #expect(Metric.named(name)?.name == name) }
    #expect(Metric.named("majority-accuracy") == nil)
    let kinds = Metric.ofClasses + Metric.ofTranslations + Metric.ofPairs
    #expect(kinds.map(\.name).sorted() == names.sorted())
  }

  @Test(arguments: Metric.all.map(\.name))
  func `the better of two results has the score that its direction says`(name: String) throws {
    let metric = try #require(Metric.named(name))
    let (better, worse) = Self.values(of: metric)
    #expect(metric.direction == .higher ? better > worse : better < worse)
  }

  @Test func `scores of up to 100 and perplexity have two decimals, shares four`() {
    for metric in Metric.ofTranslations + [.perplexity] { #expect(metric.places == 2) }
    for metric in Metric.ofClasses { #expect(metric.places == 4) }
    #expect(Metric.places(of: "majority-accuracy") == 4)
  }

  @Test func `perplexity is the power of the mean loss of all tokens, not of pairs`() throws {
    guard case .tokenLosses(let loss) = Metric.perplexity.basis else {
      Issue.record("perplexity is of token losses")
      return
    }
    let sums = loss.statistics(ofMeans: [1, 3], tokenCounts: [3, 1]).sums()
    #expect(sums == [6, 4])
    #expect(abs(loss.value(ofSums: sums) - 4.4816890703380645) < 1e-12)
  }

  /// A good result and a bad one.
  private static func values(of metric: Metric) -> (better: Double, worse: Double) {
    switch metric.basis {
    case .confusion(let score):
      var (good, bad) = (ConfusionMatrix(classCount: 2), ConfusionMatrix(classCount: 2))
      for label in 0..<2 {
        good.add(true: label, predicted: label, count: 5)
        bad.add(true: label, predicted: label, count: 2)
        bad.add(true: label, predicted: 1 - label, count: 3)
      }
      return (score(good), score(bad))
    case .probabilities(let score):
      var (good, bad) = (LogLoss(), LogLoss())
      good.add(probability: 0.9)
      bad.add(probability: 0.2)
      return (score(good), score(bad))
    case .translations(let measure):
      let references = [["the dog bit the man", "it was not a big surprise"]]
      let (good, bad) = (references[0], ["the man bit it", "it was a very small dog"])
      return (
        measure.value(of: good, against: references), measure.value(of: bad, against: references)
      )
    case .tokenLosses(let loss):
      return (loss.value(ofSums: [2, 10]), loss.value(ofSums: [9, 10]))
    }
  }
}
