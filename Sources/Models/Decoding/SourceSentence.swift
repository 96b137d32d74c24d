/// A sentence to be translated.
package struct SourceSentence: Hashable, Sendable {
  /// Its ids, the end symbol last.
  package let words: [Int32]
  /// The words its translation must begin with.
  package var prefix: [Int32] = []
  /// Numbers its stream of random numbers.
  package var number = 0

  package init(_ words: [Int32], prefix: [Int32] = [], number: Int = 0) {
    self.words = words
    self.prefix = prefix
    self.number = number
  }
}

extension ConvS2S.Configuration {
  /// The words that are read: the first ones, as many as there are positions, and an end symbol.
  func readable(_ words: [Int32], limit: Int) -> [Int32] {
    if words.isEmpty { return [Int32(end)] }
    return words.count <= limit ? words : words.prefix(limit - 1) + [Int32(end)]
  }
}
