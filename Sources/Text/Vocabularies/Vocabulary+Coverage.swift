extension Vocabulary {
  /// How much of a text the vocabulary knows.
  package struct Coverage: Sendable, Hashable {
    /// Tokens of the text, repetitions included.
    package let tokens: Int
    package let unknownTokens: Int
    /// Distinct tokens of the text.
    package let types: Int
    package let unknownTypes: Int
  }

  /// How much the vocabulary knows of what was counted.
  package func coverage(of text: VocabularyCounter) -> Coverage {
    var unknown = (tokens: 0, types: 0)
    for id in text.counts.indices where self.id(of: text.tokens[id].span) == nil {
      unknown.tokens &+= text.counts[id]
      unknown.types += 1
    }
    return Coverage(
      tokens: text.total, unknownTokens: unknown.tokens, types: text.counts.count,
      unknownTypes: unknown.types)
  }
}
