import Metrics

/// Scores of one set of translations by sacreBLEU.
struct TranslationCase: Decodable {
  struct Score: Decodable {
    let metric: String
    let options: Options
    let score: Double
    let signature: String
    let counts: [Double]?
    let totals: [Double]?
    let precisions: [Double]?
    let brevity_penalty: Double?
    let sys_len: Int?
    let ref_len: Int?
    let num_edits: Double?
    let ref_length: Double?
  }

  struct Options: Decodable {
    var lowercase: Bool?
    var tokenize: String?
    var smooth_method: String?
    var smooth_value: Double?
    var effective_order: Bool?
    var max_ngram_order: Int?
    var char_order: Int?
    var word_order: Int?
    var beta: Int?
    var whitespace: Bool?
    var eps_smoothing: Bool?
    var normalized: Bool?
    var no_punct: Bool?
    var asian_support: Bool?
    var case_sensitive: Bool?
  }

  let name: String
  let hypotheses: [String]
  let references: [[String]]
  let scores: [Score]
  let sentence_bleu: [Double]?
  let sentence_chrf: [Double]?
}

extension TranslationCase.Score {
  /// The signature without the version, which is another program's.
  var signatureWithoutVersion: String {
    signature.split(separator: "|").filter { !$0.hasPrefix("version:") }.joined(separator: "|")
  }
}

extension TranslationCase.Options {
  var bleu: BLEU? {
    var bleu = BLEU()
    guard let tokenizer = BLEUTokenizer(rawValue: tokenize ?? "13a") else { return nil }
    bleu.tokenizer = tokenizer
    bleu.lowercase = lowercase ?? false
    bleu.usesEffectiveOrder = effective_order ?? false
    bleu.maximumOrder = max_ngram_order ?? 4
    switch smooth_method ?? "exp" {
    case "none": bleu.smoothing = .none
    case "floor": bleu.smoothing = .floor(smooth_value ?? 0.1)
    case "add-k": bleu.smoothing = .addK(smooth_value ?? 1)
    case "exp": bleu.smoothing = .exponential
    default: return nil
    }
    return bleu
  }

  var characterFScore: CharacterFScore {
    var metric = CharacterFScore()
    metric.characterOrder = char_order ?? 6
    metric.wordOrder = word_order ?? 0
    metric.beta = beta ?? 2
    metric.lowercase = lowercase ?? false
    metric.keepsWhitespace = whitespace ?? false
    metric.usesEpsilonSmoothing = eps_smoothing ?? false
    return metric
  }

  var ter: TER {
    var ter = TER()
    ter.normalizes = normalized ?? false
    ter.removesPunctuation = no_punct ?? false
    ter.supportsAsian = asian_support ?? false
    ter.isCaseSensitive = case_sensitive ?? false
    return ter
  }
}
