import Models
import Pipelines

extension BeamSearch {
  /// Declares and reads the options of every stage that searches for translations.
  package init(from options: inout StageOptions) {
    self.init()
    width = options.integer(
      "beam", default: 5, in: 1...1024,
      "partial hypotheses that are kept at each step, and translations found")
    lengthPenalty = options.float(
      "length-penalty", default: 1, in: .from(-100, through: 100),
      "the power of its length that a score is divided by; above 1 favours long translations")
    minimumLength = options.integer(
      "minimum-length", default: 1, in: 0...100_000, "the fewest tokens of a translation")
    maximumLengthPerSourceWord = options.number(
      "maximum-length-per-token", default: 0, in: .from(0, through: 1e6),
      "so many tokens for each of the source are added to maximum-length")
    maximumLengthBeyond = options.integer(
      "maximum-length", default: 200, in: 0...100_000,
      "the most tokens of a translation; see maximum-length-per-token")
    unknownPenalty = options.float(
      "unknown-penalty", default: 0, in: .from(-1e6, through: 1e6),
      "taken from the score of <unk>; below 0 it is favoured")
    noRepeatNGram = options.integer(
      "no-repeat-length", default: 0, in: 0...1000,
      "no run of so many tokens occurs twice in a translation; 0 lets all occur")
    stopsEarly = options.flag(
      "stop-early", default: true,
      "whether a sentence is done with its first translations, as many as beam says")
  }
}

extension Sampling {
  /// Declares and reads the options of sampling; nil when it is off.
  package init?(from options: inout StageOptions) {
    let isWanted = options.flag(
      "sampling", default: false, "draw translations by chance, as many as beam says")
    let condition = OptionCondition(
      isWanted, obstacle: "sampling = false", remedy: "set sampling = true")
    let sampling = options.under(condition) { Sampling(from: &$0, isKeyed: isWanted) }
    guard isWanted else { return nil }
    self = sampling
  }

  private init(from options: inout StageOptions, isKeyed: Bool) {
    self.init(seed: options.seed(isKeyed: isKeyed))
    temperature = options.float(
      "temperature", default: 1, in: .from(0.001, through: 1000), isKeyed: isKeyed,
      "for sampling: above 1, unlikely tokens are drawn more often")
    let limit = options.integer(
      "top-k", default: 0, in: 0...Int(Int32.max), isKeyed: isKeyed,
      "for sampling: draw from so many of the likeliest tokens; 0 for all")
    wordLimit = limit > 0 ? limit : nil
    probabilityLimit = options.float(
      "top-p", default: 1, in: .from(0.000001, through: 1), isKeyed: isKeyed,
      "for sampling: draw from the likeliest tokens that have this probability together")
  }
}
