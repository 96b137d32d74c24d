/// What is done to text before words are cut into pieces: the settings of BERT's normalizer.
package struct WordPieceRules: Sendable, Hashable {
  /// Whether control characters go, and white space of any kind becomes a space.
  package var cleans = true
  /// Whether each Chinese character is a word of its own.
  package var separatesIdeographs = true
  package var lowercases = true
  /// Whether accents go; nil where lower-casing decides it.
  package var stripsAccents: Bool?
  /// A word of more characters is unknown.
  package var longestWord = 100

  package init() {}
}
