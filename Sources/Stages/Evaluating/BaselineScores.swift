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

  package var hasNaiveBayes: Bool { naiveBayes(Metric.accuracy.name) != nil }

  /// A score of naive Bayes; nil where it is not stored.
  package func naiveBayes(_ score: String) -> Double? {
    json[Self.naiveBayesName(of: score)]?.doubleValue
  }

  /// A score of always answering the commonest class; nil where it is not stored.
  package func majority(_ score: String) -> Double? { json["majority-\(score)"]?.doubleValue }
}
