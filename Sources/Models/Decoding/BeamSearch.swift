import Glibc

/// The options of a beam search: at each length, the best few partial translations are extended.
///
/// As in fairseq: the best 2 · `width` extensions are looked at. One of the first `width` that ends
/// is a finished translation; the best `width` that do not end are extended next. A sentence is done
/// when it has `width` finished translations.
package struct BeamSearch: Hashable, Sendable {
  /// How many partial translations are kept, and how many translations a sentence gets.
  package var width = 5
  /// The power of its length that a translation's score is divided by; 0 favours short ones.
  package var lengthPenalty: Float = 1
  /// Words before the end symbol, at least.
  package var minimumLength = 1
  /// The most words before the end symbol: this times the words of the source, plus the next.
  package var maximumLengthPerSourceWord: Double = 0
  package var maximumLengthBeyond = 200
  /// Subtracted from the log probability of the unknown word.
  package var unknownPenalty: Float = 0
  /// Whether a sentence is done with its first `width` translations, though later ones might be
  /// better.
  package var stopsEarly = true
  /// No n-gram of this length occurs twice in a translation; 0: no such limit.
  package var noRepeatNGram = 0
  /// How words are sampled; nil for a search for the likeliest translations.
  package var sampling: Sampling?

  package init() {}

  /// - Parameter limit: the most words a model has places for.
  func maximumLength(sourceLength: Int, limit: Int) -> Int {
    let length = maximumLengthPerSourceWord * Double(sourceLength) + Double(maximumLengthBeyond)
    return Int(max(1, min(length, Double(limit))))
  }

  func score(sum: Float, length: Int) -> Float { sum / pow(Float(length), lengthPenalty) }
}
