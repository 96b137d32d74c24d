import Formats
import Metrics

/// What a classifier's stored scores say of the models that it is held against.
package struct BaselineScores: Sendable {
  private let json: JSONValue
  /// The class that always answering is held against; nil where none is stored.
  package let majorityClass: String?

  package init(_ json: JSONValue) {
    self.json = json
    majorityClass = json["majority-class"]?.stringValue
  }

  /// The name of a score of naive Bayes.
  static func naiveBayesName(of score: String) -> String { "naive-bayes-\(score)" }

  /// The name of a score of always answering the commonest class.
  package static func majorityName(of score: String) -> String { "majority-\(score)" }

  package var hasNaiveBayes: Bool { naiveBayes(Metric.accuracy.name) != nil }

  /// A score of naive Bayes; nil where it is not stored.
  package func naiveBayes(_ score: String) -> Double? {
    json[Self.naiveBayesName(of: score)]?.doubleValue
  }

  /// A score of always answering the commonest class; nil for one that counts alone do not give.
  package func majority(_ score: String) -> Double? {
    json[Self.majorityName(of: score)]?.doubleValue ?? counted(score)
  }

  /// A score that is not stored, by the sizes of the classes.
  private func counted(_ score: String) -> Double? {
    guard case .confusion(let compute)? = Metric.named(score)?.basis,
      let confusion = ConfusionMatrix(ofScores: json),
      let label = json["classes"]?.arrayValue?.firstIndex(where: {
        $0["class"]?.stringValue == majorityClass
      }), label < confusion.classCount
    else { return nil }
    return compute(confusion.baseline(alwaysPredicting: label))
  }
}
