extension Vocabulary {
  /// How many tokens of a text are in the vocabulary.
  package struct Coverage: Sendable, Hashable {
    /// Tokens of the text, repetitions included.
    package let tokens: Int
    package let unknownTokens: Int
    /// Distinct tokens of the text.
    package let types: Int
    package let unknownTypes: Int

    /// The share of tokens that are unknown; 0 for an empty text.
    package var unknownTokenRate: Double {
      tokens == 0 ? 0 : Double(unknownTokens) / Double(tokens)
    }

    /// The share of distinct tokens that are unknown; 0 for an empty text.
    package var unknownTypeRate: Double { types == 0 ? 0 : Double(unknownTypes) / Double(types) }
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
