import Formats
import Metrics

/// The score of translations by one metric.
struct MetricScore: Sendable {
  let name: String
  let value: Double
  /// The signature: the metric with its options in sacreBLEU's notation, and the program.
  let signature: String
  /// The precisions and lengths that the score is made of, if it is a BLEU.
  let parts: BLEUScore?
  /// The score of short and of long sentences, if it is a BLEU of text.
  let byLength: [LengthGroup]
  /// The line that fairseq or sacreBLEU would print; nil for a metric without one.
  let line: String?
  /// The confidence interval over resampled sentences; nil when it is not wanted.
  let interval: ConfidenceInterval?
  /// The score of each sentence; nil when the metric is not defined for single sentences.
  let sentences: [Double]?

  init(of translations: Translations, by named: NamedMetric, _ resampling: Resampling) {
    let metric = named.metric
    let isOfTokens = metric is TokenizedBLEU
    let references = isOfTokens ? [translations.referenceTokens] : translations.references
    let statistics = metric.statistics(
      of: isOfTokens ? translations.hypothesisTokens : translations.hypotheses,
      against: references)
    name = named.name
    value = metric.value(ofSums: statistics.sums())
    signature =
      metric.signature(referenceCount: references.count) + "|version:millrace-\(Evaluate.version)"
    interval =
      resampling.samples > 0 ? resampling.interval(of: statistics, scoredBy: metric) : nil
    parts =
      switch metric {
      case let bleu as BLEU: bleu.score(ofSums: statistics.sums())
      case let bleu as TokenizedBLEU: bleu.score(ofSums: statistics.sums())
      default: nil
      }
    byLength =
      (metric as? BLEU).map { LengthGroup.groups(of: translations, statistics, scoredBy: $0) } ?? []
    line = isOfTokens ? parts?.fairseqDescription : parts?.description
    var single = metric
    if var bleu = metric as? BLEU {
      bleu.usesEffectiveOrder = true
      single = bleu
    }
    sentences =
      isOfTokens
      ? nil
      : (0..<statistics.count).map { single.value(ofSums: statistics.sums(of: [$0])) }
  }

  /// The score's part of a flat object: `bleu`, `bleu-signature`, `bleu-interval`, ….
  var members: [JSONValue.Member] {
    var members: [JSONValue.Member] = [
      .init(name, .number(value)), .init("\(name)-signature", .string(signature)),
    ]
    if let interval {
      members += [
        .init("\(name)-mean", .number(interval.mean)),
        .init("\(name)-interval", .number(interval.halfWidth)),
      ]
    }
    if let parts {
      members += [
        .init("\(name)-precisions", .array(parts.precisions.map { .number($0) })),
        .init("\(name)-brevity-penalty", .number(parts.brevityPenalty)),
        .init("\(name)-length-ratio", .number(parts.lengthRatio)),
        .init("\(name)-hypothesis-length", .integer(parts.hypothesisLength)),
        .init("\(name)-reference-length", .integer(parts.referenceLength)),
      ]
    }
    if !byLength.isEmpty {
      members.append(.init("\(name)-by-length", .array(byLength.map(\.json))))
    }
    if let line { members.append(.init("\(name)-line", .string(line))) }
    return members
  }
}
