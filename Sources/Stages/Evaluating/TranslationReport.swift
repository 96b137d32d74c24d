import Diagnostics
import Formats
import Metrics
import Reports

/// The scores of translations as they are stored.
struct TranslationReport {
  let scores: [MetricScore]
  let sentenceCount: Int

  /// `bleu 41.36 ± 1.20  chrf2 62.10 ± 0.90  (± for 95 %)`.
  var summary: String {
    let told = scores.map { score in
      let interval = score.interval.map { " ± \(Spelling.score($0.halfWidth, of: score.name))" }
      return "\(score.name) \(Spelling.score(score.value, of: score.name))\(interval ?? "")"
    }
    let hasIntervals = scores.contains { $0.interval != nil }
    return (told + (hasIntervals ? ["(± for 95 %)"] : [])).joined(separator: "  ")
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
