import Artifacts
import Metrics
import Reports

/// The scores of translations as they are stored.
struct TranslationReport {
  let scores: [MetricScore]
  let sentenceCount: Int

  /// `bleu 41.36 ± 1.20  chrf2 62.10 ± 0.90`.
  var summary: String {
    scores.map { score in
      let interval = score.interval.map { " ± \(Spelling.fixed($0.halfWidth, places: 2))" } ?? ""
      return "\(score.name) \(Spelling.fixed(score.value, places: 2))\(interval)"
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
