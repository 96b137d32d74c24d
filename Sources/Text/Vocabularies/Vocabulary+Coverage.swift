extension Vocabulary {
  /// How many tokens of a text are in the vocabulary.
  package struct Coverage: Sendable, Hashable {
    /// Tokens of the text, repetitions included.
    package let tokens: Int
    package let unknownTokens: Int
    /// Distinct tokens of the text.
    package let types: Int
    package let unknownTypes: Int
  }

  /// How many of the counted tokens are in the vocabulary.
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
