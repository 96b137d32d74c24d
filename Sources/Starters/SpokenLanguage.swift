import Text

/// Recognises the languages that have Moses rules by their commonest words.
enum SpokenLanguage {
  private static let words: [MosesLanguage: Set<String>] = [
    .english: ["the", "of", "and", "is", "to", "in", "that", "it", "not", "was", "for", "they"],
    .german: [
      "der", "die", "das", "und", "ist", "nicht", "ein", "eine", "ich", "den", "zu", "mit",
    ],
    .french: ["le", "la", "les", "et", "est", "pas", "une", "des", "je", "il", "dans", "que"],
  ]

  /// The language with the most common words in the texts; nil when it is not clear.
  static func guess(from texts: [String]) -> MosesLanguage? {
    var counts: [MosesLanguage: Int] = [:]
    var total = 0
    for text in texts {
      for word in text.lowercased().split(whereSeparator: { !$0.isLetter }) {
        total += 1
        for (language, known) in words where known.contains(String(word)) {
          counts[language, default: 0] += 1
        }
      }
    }
    let ranked = MosesLanguage.allCases.sorted { counts[$0] ?? 0 > counts[$1] ?? 0 }
    let (first, second) = (counts[ranked[0]] ?? 0, counts[ranked[1]] ?? 0)
    return first * 20 >= total && first > 2 * second ? ranked[0] : nil
  }
}
