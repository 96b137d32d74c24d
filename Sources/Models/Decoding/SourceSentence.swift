/// A sentence to be translated.
package struct SourceSentence: Hashable, Sendable {
  /// Its ids, the end symbol last.
  package let words: [Int32]
  /// The words its translation begins with, whatever the model would say.
  package var prefix: [Int32] = []
  /// Which random numbers are its own.
  package var number = 0

  package init(_ words: [Int32], prefix: [Int32] = [], number: Int = 0) {
    self.words = words
    self.prefix = prefix
    self.number = number
  }
}

extension ConvS2S.Configuration {
  /// What is read of a sentence: as many of its first words as there are positions.
  func readable(_ words: [Int32], limit: Int) -> [Int32] {
    if words.isEmpty { return [Int32(end)] }
    return words.count <= limit ? words : words.prefix(limit - 1) + [Int32(end)]
  }
}
