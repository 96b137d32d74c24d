import Artifacts
import Metrics
import Pipelines

/// The options of translation metrics.
package struct MeasureOptions: Sendable {
  private let bleu: BLEU
  private let characters: CharacterFScore
  private let ter: TER

  /// Declares and reads the options of all metrics.
  package init(from options: inout StageOptions) {
    let lowercase = options.flag(
      "lowercase", default: false, "for bleu and chrf2: whether case makes no difference")
    bleu = BLEU(from: &options, lowercase: lowercase)
    characters = CharacterFScore(from: &options, lowercase: lowercase)
    ter = TER(from: &options)
  }

  /// The options of the stage that made a record.
  package init(of record: Record) {
    let values = StageKey.lines(of: record.keyText).map { line in
      (name: line.name, value: OptionValue(plain: line.value))
    }
    var options = StageOptions.recalling(Evaluate.self, values, resources: [])
    self.init(from: &options)
  }

  /// The metric with these options; nil for one that is not of translations.
  package func measure(of metric: Metric) -> (any TranslationMetric)? {
    guard case .translations(let usual) = metric.basis else { return nil }
    switch usual {
    case is BLEU: return bleu
    case let usual as CharacterFScore:
      var measure = characters
      measure.wordOrder = usual.wordOrder
      return measure
    case is TER: return ter
    default: return usual
    }
  }
}

extension OptionValue {
  /// A flag, a number or a plain word as a key spells it.
  fileprivate init(plain text: String) {
    self =
      if let flag = Bool(text) { .flag(flag) } else if let number = Int(text) {
        .integer(number)
      } else if let number = Double(text) { .number(number) } else { .text(text) }
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
