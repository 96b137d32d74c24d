import Formats
import Metrics

/// The sentences whose first reference has about as many words, and their score together.
package struct LengthGroup: Sendable {
  /// Words between spaces.
  package let words: ClosedRange<Int>
  package let sentenceCount: Int
  package let score: Double

  /// Sentences of 1 to 5 words, of 6 to 10, and so on; lengths that none has are left out.
  package static func groups(
    of translations: Translations, _ statistics: SegmentStatistics,
    scoredBy metric: some TranslationMetric
  ) -> [LengthGroup] {
    let width = 5
    let lengths = translations.references[0].map { $0.split(separator: " ").count }
    let members = Dictionary(grouping: lengths.indices) { max(0, lengths[$0] - 1) / width }
    return members.sorted { $0.key < $1.key }.map { group, sentences in
      LengthGroup(
        words: group * width + 1...(group + 1) * width, sentenceCount: sentences.count,
        score: metric.value(ofSums: statistics.sums(of: sentences)))
    }
  }

  package var json: JSONValue {
    [
      "from-words": .integer(words.lowerBound), "to-words": .integer(words.upperBound),
      "sentences": .integer(sentenceCount), "score": .number(score),
    ]
  }
}

extension LengthGroup {
  /// Nil when it is not what `json` gives.
  package init?(json: JSONValue) {
    guard let first = json["from-words"]?.intValue, let last = json["to-words"]?.intValue,
      first <= last, let count = json["sentences"]?.intValue, let score = json["score"]?.doubleValue
    else { return nil }
    self.init(words: first...last, sentenceCount: count, score: score)
  }
}
