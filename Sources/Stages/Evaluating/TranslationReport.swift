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

  /// A row for each sentence: what was compared, and the scores of measures that have one for it.
  func sentences(of translations: Translations) -> SentenceScores {
    var table = SentenceScores(
      referenceNames: translations.referenceNames,
      scoreNames: scores.filter { $0.sentences != nil }.map(\.name))
    for index in translations.hypotheses.indices {
      table.append(
        SentenceScores.Row(
          origin: translations.origins[index], hypothesis: translations.hypotheses[index],
          references: translations.references.map { $0[index] },
          scores: scores.compactMap { $0.sentences?[index] }))
    }
    return table
  }
}
