import Chains
import Diagnostics
import Pipelines
import Text

/// The options of cutting text into the pieces that an encoder knows.
struct PieceOptions {
  private static let encoder = "encoder"

  private let folder: ExternalFolder?
  private let tokenLimit: Int?
  private let lowercases: Bool?
  private let stripsAccents: Bool?
  private let separatesIdeographs: Bool?

  init(from options: inout StageOptions) {
    folder = options.folder(Self.encoder, "the folder of the encoder whose pieces are wanted")
    if let folder { EncoderTokenizer.take(filesOf: folder, as: Self.encoder, in: &options) }
    tokenLimit = options.optionalInteger(
      "max-tokens", in: 3...1_000_000, unset: "as many as the encoder reads",
      "most tokens of a row, [CLS] and each [SEP] counted")
    lowercases = Self.change("case", "lower", "what becomes of capital letters", &options)
    stripsAccents = Self.change("accents", "strip", "what becomes of accents", &options)
    separatesIdeographs = Self.change(
      "chinese", "split", "whether each Chinese character is a word", &options)
  }

  /// Whether text is changed in some way; nil where the encoder's own files say.
  private static func change(
    _ name: String, _ change: String, _ meaning: String, _ options: inout StageOptions
  ) -> Bool? {
    let chosen = options.choice(
      name, among: ["encoder", change, "keep"], default: "encoder",
      "\(meaning); encoder is as its files say")
    return chosen == "encoder" ? nil : chosen == change
  }

  /// The most pieces of a row, without [CLS] and the [SEP] at its end, as far as the options say.
  var longestRow: Int? { tokenLimit.map { $0 - 2 } }

  /// The encoder's tokenizer, with what the options change.
  ///
  /// - Throws: when the encoder's files cannot be followed, or read fewer tokens than are asked for.
  func tokenizer(_ resources: Resources) throws(Diagnostic) -> EncoderTokenizer {
    let name = folder?.path ?? "the model's encoder"
    var tokenizer = try EncoderTokenizer(name, behind: Self.encoder, resources)
    if let tokenLimit, let most = tokenizer.tokenLimit, tokenLimit > most {
      throw Diagnostic(.tooManyTokens(tokenLimit, name, most))
    }
    tokenizer.rules.lowercases = lowercases ?? tokenizer.rules.lowercases
    tokenizer.rules.stripsAccents = stripsAccents ?? tokenizer.rules.stripsAccents
    tokenizer.rules.separatesIdeographs =
      separatesIdeographs ?? tokenizer.rules.separatesIdeographs
    tokenizer.tokenLimit = tokenLimit ?? tokenizer.tokenLimit
    return tokenizer
  }
}

extension WordPieceTokenizer: FieldTransform {
  package mutating func apply(_ text: Span<UInt8>, of row: Origin, into output: inout [UInt8]) {
    tokenize(text, into: &output)
  }
}

extension Diagnostic.Message {
  fileprivate static func tooManyTokens(_ tokens: Int, _ encoder: String, _ most: Int) -> Self {
    Self(
      "max-tokens = \(tokens), but '\(encoder)' reads \(Spelling.count(most)) at most",
      remedy: "lower it, or leave it out")
  }
}
