import Chains
import Diagnostics
import Formats
import Models
import Text

/// The files from which transformers makes the tokenizer of an encoder.
struct TransformersTokenizer {
  private static let vocabularyName = "vocab.txt"
  private static let settingsName = "tokenizer_config.json"
  private static let specialsName = "special_tokens_map.json"

  static let names = [vocabularyName, settingsName, specialsName]

  private let vocabulary: Vocabulary
  private let settings: JSONValue

  /// - Parameters:
  ///   - lines: the vocabulary of the model's chain.
  ///   - tokenizer: what cuts text in the chain; nil where something else does.
  ///   - positions: the most tokens that the encoder reads.
  ///   - model: the name that errors give.
  init(
    vocabulary lines: [UInt8], _ tokenizer: EncoderTokenizer?, family: Encoder.Family,
    positions: Int, model: String
  ) throws(Diagnostic) {
    vocabulary = try Vocabulary(lines: lines.span, file: "\(model) (vocabulary)")
    let rules = tokenizer?.rules ?? WordPieceRules()
    settings = .object(
      [
        .init("tokenizer_class", family == .bert ? "BertTokenizer" : "DistilBertTokenizer"),
        .init("do_lower_case", .bool(rules.lowercases)),
        .init("strip_accents", rules.stripsAccents.map { .bool($0) } ?? .null),
        .init("tokenize_chinese_chars", .bool(rules.separatesIdeographs)),
        .init("model_max_length", .integer(tokenizer?.tokenLimit ?? positions)),
      ] + Self.specials)
  }

  func write(into folder: inout ExportFolder) throws(Diagnostic) {
    let lines = (0..<vocabulary.count).flatMap { vocabulary.word(of: $0) + [UInt8(ascii: "\n")] }
    try folder.write(Self.vocabularyName, lines)
    try folder.write(Self.settingsName, settings)
    try folder.write(Self.specialsName, .object(Self.specials))
  }

  /// The special tokens by what transformers calls them.
  private static let specials: [JSONValue.Member] = [
    .init("unk_token", "[UNK]"), .init("sep_token", "[SEP]"), .init("pad_token", "[PAD]"),
    .init("cls_token", "[CLS]"), .init("mask_token", "[MASK]"),
  ]
}
