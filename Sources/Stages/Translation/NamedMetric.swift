import Diagnostics
import Metrics
import Pipelines

/// A measure of translations, by the name its score goes by.
struct NamedMetric: Sendable {
  let name: String
  let metric: any TranslationMetric

  /// Declares the options of every measure and gives those that are wanted.
  ///
  /// - Parameter tokenization: where the tokens of bleu4-tokenized come from.
  static func list(
    from options: inout StageOptions, tokenizedBy tokenization: String
  ) -> [NamedMetric] {
    let names = ["bleu", "bleu4-tokenized", "chrf2", "chrf2++", "ter"]
    let wanted = options.texts(
      "metrics", default: names, "what to compute, of \(names.joined(separator: ", "))")
    for name in wanted where !names.contains(name) {
      options.reject("metrics", .unknownMetric(name, among: names))
    }
    if wanted.isEmpty { options.reject("metrics", .noMetric(names)) }
    let lowercase = options.flag(
      "lowercase", default: false, "for bleu and chrf2: whether case makes no difference")
    let bleu = BLEU(from: &options, lowercase: lowercase)
    let chrf = CharacterFScore(from: &options, lowercase: lowercase)
    var plusPlus = chrf
    plusPlus.wordOrder = 2
    var tokenized = TokenizedBLEU()
    tokenized.lowercase = true
    tokenized.tokenization = tokenization
    let all: [any TranslationMetric] = [bleu, tokenized, chrf, plusPlus, TER(from: &options)]
    return zip(names, all).filter { wanted.contains($0.0) }
      .map { NamedMetric(name: $0.0, metric: $0.1) }
  }
}

extension BLEU {
  private enum SmoothingName: String, CaseIterable {
    case none, floor
    case addK = "add-k"
    case exponential = "exp"
  }

  fileprivate init(from options: inout StageOptions, lowercase: Bool) {
    self.init()
    self.lowercase = lowercase
    tokenizer = options.choice(
      "tokenizer", default: .thirteenA,
      "for bleu: how sentences are cut; none takes tokens as given")
    let name = options.choice(
      "smoothing", default: SmoothingName.exponential, "for bleu: what orders without a match count"
    )
    let value = options.number(
      "smoothing-value", default: 0, in: .atLeast(0),
      "for floor and add-k: how much; 0 for sacreBLEU's 0.1 and 1")
    smoothing =
      switch name {
      case .none: .none
      case .floor: .floor(value > 0 ? value : 0.1)
      case .addK: .addK(value > 0 ? value : 1)
      case .exponential: .exponential
      }
    maximumOrder = options.integer(
      "maximum-order", default: 4, in: 1...16, "for bleu: the longest n-grams")
    usesEffectiveOrder = options.flag(
      "effective-order", default: false,
      "for bleu: leave out orders that all sentences are too short for")
  }
}

extension CharacterFScore {
  fileprivate init(from options: inout StageOptions, lowercase: Bool) {
    self.init()
    self.lowercase = lowercase
    characterOrder = options.integer(
      "character-order", default: 6, in: 1...32, "for chrf2: the longest n-grams of characters")
    keepsWhitespace = options.flag(
      "keep-space", default: false, "for chrf2: whether spaces are characters too")
  }
}

extension TER {
  fileprivate init(from options: inout StageOptions) {
    self.init()
    normalizes = options.flag(
      "ter-normalize", default: false, "for ter: set punctuation off from words")
    removesPunctuation = options.flag(
      "ter-no-punctuation", default: false, "for ter: leave punctuation out")
    supportsAsian = options.flag(
      "ter-asian", default: false, "for ter: take ideographs one by one")
    isCaseSensitive = options.flag(
      "ter-case-sensitive", default: false, "for ter: whether case makes a difference")
  }
}

extension Diagnostic.Message {
  fileprivate static func unknownMetric(_ name: String, among names: [String]) -> Self {
    Self(
      "translations have no score '\(name)'\(Suggestion.ending(for: name, among: names))",
      remedy: "use some of \(names.joined(separator: ", "))")
  }

  fileprivate static func noMetric(_ names: [String]) -> Self {
    Self("no score is wanted", remedy: "name some of \(names.joined(separator: ", "))")
  }
}
