import Artifacts
import Metrics

/// The scores of translations as they are stored.
struct TranslationReport {
  let scores: [MetricScore]
  let sentenceCount: Int

  /// `bleu 41.36 ± 1.20  chrf2 62.10 ± 0.90`.
  var summary: String {
    scores.map { score in
      let interval = score.interval.map { " ± \($0.halfWidth.rounded(to: 2))" } ?? ""
      return "\(score.name) \(score.value.rounded(to: 2))\(interval)"
    }.joined(separator: "  ")
  }

  /// One flat object for scripts.
  var json: JSONValue {
    .object(scores.flatMap(\.members) + [.init("sentences", .integer(sentenceCount))])
  }

  /// The measures that score single sentences.
  var sentenceColumns: [String] { scores.filter { $0.sentences != nil }.map(\.name) }

  /// The scores of one sentence, in the order of `sentenceColumns`.
  func sentenceScores(_ sentence: Int) -> [Double] {
    scores.compactMap { $0.sentences?[sentence] }
  }
}
