import Diagnostics
import Metrics
import Pipelines

/// A metric of translations, with the name of its score.
struct NamedMetric: Sendable {
  let name: String
  let metric: any TranslationMetric

  /// Declares the options of all metrics, and gives the metrics that are wanted.
  ///
  /// - Parameter tokenization: where the tokens of bleu4-tokenized come from.
  static func list(
    from options: inout StageOptions, tokenizedBy tokenization: String
  ) -> [NamedMetric] {
    let all = Metric.ofTranslations
    let names = all.map(\.name)
    let wanted = options.texts(
      "metrics", default: all.filter(\.isStandard).map(\.name),
      "what to compute, of \(names.joined(separator: ", ")); of a model, of those that it has")
    for name in wanted where !names.contains(name) {
      options.reject("metrics", .unknownMetric(name, among: names))
    }
    if wanted.isEmpty { options.reject("metrics", .noMetric(names)) }
    let measures = MeasureOptions(from: &options)
    return all.filter { wanted.contains($0.name) }.compactMap { metric in
      measures.measure(of: metric).map { measure in
        guard var tokenized = measure as? TokenizedBLEU else {
          return NamedMetric(name: metric.name, metric: measure)
        }
        tokenized.tokenization = tokenization
        return NamedMetric(name: metric.name, metric: tokenized)
      }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func unknownMetric(_ name: String, among names: [String]) -> Self {
    Self(
      "translations have no score '\(name)'\(Suggestion.ending(for: name, among: names))",
      remedy: "use some of \(names.joined(separator: ", "))")
  }

  fileprivate static func noMetric(_ names: [String]) -> Self {
    Self("no score is wanted", remedy: "name some of \(names.joined(separator: ", "))")
  }
}
