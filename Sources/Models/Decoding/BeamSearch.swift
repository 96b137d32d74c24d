import Glibc

/// How translations are looked for: the best few beginnings of each length are gone on with.
///
/// As fairseq does it: of twice as many continuations as there are beginnings, an end among the
/// first half is a translation; a sentence is done when it has `width` of these.
package struct BeamSearch: Hashable, Sendable {
  /// How many beginnings are kept, and how many translations a sentence gets.
  package var width = 5
  /// The power of its length that a translation's score is divided by; 0 favours short ones.
  package var lengthPenalty: Float = 1
  /// Words before the end symbol, at least.
  package var minimumLength = 1
  /// Words before the end symbol, at most: so many for each of the source, and so many more.
  package var maximumLengthPerSourceWord: Double = 0
  package var maximumLengthBeyond = 200
  /// Taken from the log probability of the unknown word.
  package var unknownPenalty: Float = 0
  /// Whether a sentence is done with its first `width` translations, though later ones might be
  /// better.
  package var stopsEarly = true
  /// No run of so many words occurs twice in a translation; 0 lets all occur.
  package var unrepeatedLength = 0
  /// How words are drawn by chance; nil for a search for the likeliest.
  package var sampling: Sampling?

  package init() {}

  /// - Parameter limit: the most words a model has places for.
  func maximumLength(sourceLength: Int, limit: Int) -> Int {
    let length = maximumLengthPerSourceWord * Double(sourceLength) + Double(maximumLengthBeyond)
    return Int(max(1, min(length, Double(limit))))
  }

  func score(sum: Float, length: Int) -> Float { sum / pow(Float(length), lengthPenalty) }
}
