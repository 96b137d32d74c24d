/// One translation of a text, as pieces, as words, and as text.
package struct Translation: Sendable {
  /// As people write it, or as far undone as was wanted.
  package let text: String
  /// Words between single spaces.
  package let words: String
  /// The model's own tokens, without the end.
  package let pieces: [String]
  /// The sum of the piece scores, divided by a power of their number: the higher, the better.
  package let score: Float
  /// The log probability of each piece and, last, of the end.
  package let pieceScores: [Float]
  /// [pieces and the end × the source's pieces and the end] how much each looked at each.
  package let attention: [Float]
  /// For each piece the piece of the source, or its end, that was looked at most.
  package let alignment: [Int]
}

/// A text with its translations, best first.
package struct TranslatedText: Sendable {
  /// What the model read, without the end; fewer than there were when the text is too long.
  package let pieces: [String]
  /// How many pieces there were.
  package let pieceCount: Int
  package let translations: [Translation]

  /// Whether the end of the text was not read, for want of positions.
  package var isCut: Bool { pieces.count < pieceCount }
}
