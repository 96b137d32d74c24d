import Models
import Pipelines

extension BeamSearch {
  /// Declares and reads the options of every stage that searches for translations.
  init(from options: inout StageOptions) {
    self.init()
    width = options.integer(
      "beam", default: 5, in: 1...1024,
      "beginnings of a translation that are gone on with, and translations found")
    lengthPenalty = Float(
      options.number(
        "length-penalty", default: 1, in: .from(-100, through: 100),
        "the power of its length that a score is divided by; above 1 favours long translations"))
    minimumLength = options.integer(
      "minimum-length", default: 1, in: 0...100_000, "the fewest tokens of a translation")
    maximumLengthPerSourceWord = options.number(
      "maximum-length-per-token", default: 0, in: .from(0, through: 1e6),
      "the most tokens of a translation: so many for each of the source, besides maximum-length")
    maximumLengthBeyond = options.integer(
      "maximum-length", default: 200, in: 0...100_000,
      "the most tokens of a translation, however short its source")
    unknownPenalty = Float(
      options.number(
        "unknown-penalty", default: 0, in: .from(-1e6, through: 1e6),
        "taken from the score of <unk>; below 0 it is favoured"))
  }
}
