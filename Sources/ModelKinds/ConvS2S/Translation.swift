/// One translation of a text, as pieces, as words, and as text.
package struct Translation: Sendable {
  /// The text, with the steps of the target's chain undone as far as was asked for.
  package let text: String
  /// The words, separated by single spaces.
  package let words: String
  /// The model's own tokens, without the end.
  package let pieces: [String]
  /// The sum of the piece scores, divided by a power of their number: the higher, the better.
  package let score: Float
  /// The log probability of each piece and, last, of the end.
  package let pieceScores: [Float]
  /// [pieces and end × source pieces and end] the attention of each to each.
  package let attention: [Float]
  /// For each piece the source piece, or the end of the source, that got most attention.
  package let alignment: [Int]
}

/// A text with its translations, best first.
package struct TranslatedText: Sendable {
  /// The pieces that the model read, without the end; not all of them when the text is too long.
  package let pieces: [String]
  /// How many pieces the text has.
  package let pieceCount: Int
  package let translations: [Translation]

  /// Whether the text has more pieces than the model has positions, so that its end was not read.
  package var isCut: Bool { pieces.count < pieceCount }
}
