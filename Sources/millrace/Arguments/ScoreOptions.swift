import Diagnostics
import Metrics
import Views

/// The measures that a command line asks for, by sacreBLEU's options.
struct ScoreOptions {
  private enum MetricName: String, CaseIterable {
    case bleu, chrf, ter
  }

  private enum SmoothingName: String, CaseIterable {
    case none, floor
    case addK = "add-k"
    case exponential = "exp"
  }

  static let metrics = CommandOption(
    "--metrics", MetricName.self, "what to compute, one or several; bleu unless given", short: "-m",
    several: true)
  private static let tokenizer = CommandOption(
    "--tokenize", "NAME", .choice(BLEUTokenizer.allCases.map(\.rawValue)),
    "bleu: how lines are cut: 13a, intl, none, char or zh", short: "-tok")
  private static let lowercase = CommandOption(
    "--lowercase", "bleu: case makes no difference", short: "-lc")
  private static let smoothing = CommandOption(
    "--smooth-method", "NAME", .choice(SmoothingName.allCases.map(\.rawValue)),
    "bleu: orders without a match: exp, floor, add-k or none", short: "-s")
  private static let smoothingValue = CommandOption(
    "--smooth-value", "NUMBER", "bleu: for floor and add-k; 0.1 and 1 unless given", short: "-sv")
  private static let characterOrder = CommandOption(
    "--chrf-char-order", "N", "chrf: longest n-grams of characters; 6 unless given", short: "-cc")
  private static let wordOrder = CommandOption(
    "--chrf-word-order", "N", "chrf: longest n-grams of words; 2 is chrF++", short: "-cw")
  private static let whitespace = CommandOption(
    "--chrf-whitespace", "chrf: spaces are characters too")
  private static let characterLowercase = CommandOption(
    "--chrf-lowercase", "chrf: case makes no difference")
  private static let caseSensitive = CommandOption(
    "--ter-case-sensitive", "ter: case makes a difference")
  private static let asian = CommandOption(
    "--ter-asian-support", "ter: take ideographs one by one")
  private static let noPunctuation = CommandOption("--ter-no-punct", "ter: leave punctuation out")
  private static let normalized = CommandOption(
    "--ter-normalized", "ter: set punctuation off from words")

  static let all = [
    tokenizer, lowercase, smoothing, smoothingValue, characterOrder, wordOrder, whitespace,
    characterLowercase, caseSensitive, asian, noPunctuation, normalized,
  ]

  /// In sacreBLEU's order: BLEU, chrF, TER.
  let measures: [ScoringMeasure]

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    let wanted: [MetricName] = try arguments.choices(Self.metrics)
    var measures: [ScoringMeasure] = []
    let (bleu, characters) = (try Self.bleu(arguments), try Self.characters(arguments))
    if wanted.isEmpty || wanted.contains(.bleu) { measures.append(ScoringMeasure(bleu)) }
    if wanted.contains(.chrf) { measures.append(ScoringMeasure(characters)) }
    if wanted.contains(.ter) { measures.append(ScoringMeasure(Self.ter(arguments))) }
    self.measures = measures
  }

  private static func bleu(_ arguments: ParsedArguments) throws(Diagnostic) -> BLEU {
    var bleu = BLEU()
    bleu.tokenizer = try arguments.choice(tokenizer) ?? bleu.tokenizer
    bleu.lowercase = arguments.has(lowercase)
    let amount = try arguments.amount(smoothingValue)
    let method: SmoothingName = try arguments.choice(smoothing) ?? .exponential
    bleu.smoothing =
      switch method {
      case .none: .none
      case .floor: .floor(amount ?? 0.1)
      case .addK: .addK(amount ?? 1)
      case .exponential: .exponential
      }
    return bleu
  }

  private static func characters(_ arguments: ParsedArguments) throws(Diagnostic) -> CharacterFScore
  {
    var score = CharacterFScore()
    score.characterOrder = min(try arguments.number(characterOrder, from: 1) ?? 6, 32)
    score.wordOrder = min(try arguments.number(wordOrder, from: 0) ?? 0, 32)
    score.keepsWhitespace = arguments.has(whitespace)
    score.lowercase = arguments.has(characterLowercase)
    return score
  }

  private static func ter(_ arguments: ParsedArguments) -> TER {
    var rate = TER()
    rate.isCaseSensitive = arguments.has(caseSensitive)
    rate.supportsAsian = arguments.has(asian)
    rate.removesPunctuation = arguments.has(noPunctuation)
    rate.normalizes = arguments.has(normalized)
    return rate
  }
}
