import Diagnostics
import Formats
import Text

/// A `tokenizer_config.json`: what is done to text, and how long a row may be.
struct TokenizerSettings {
  static let fileName = "tokenizer_config.json"
  /// A row has at least `[CLS]`, a token and `[SEP]`.
  static let leastLimit = 3

  /// The classes whose tokenizers are BERT's, or as `tokenizer.json` says.
  private static let classes = [
    "BertTokenizer", "BertTokenizerFast", "DistilBertTokenizer", "DistilBertTokenizerFast",
    "ElectraTokenizer", "ElectraTokenizerFast", "PreTrainedTokenizerFast", "TokenizersBackend",
  ]

  private let lowercases: Bool?
  private let stripsAccents: Bool?
  private let separatesIdeographs: Bool?
  /// The most tokens of a row, with `[CLS]` and `[SEP]`; a huge number, or nil, for no limit.
  let tokenLimit: Int?
  /// Tokens beside those of `vocab.txt`.
  let added: AddedTokens

  /// - Throws: at a setting that cannot be followed.
  init(_ file: JSONFile) throws(Diagnostic) {
    try file.require("tokenizer_class", Self.classes)
    for (name, token) in [
      ("unk_token", "[UNK]"), ("pad_token", "[PAD]"), ("cls_token", "[CLS]"),
      ("sep_token", "[SEP]"), ("mask_token", "[MASK]"),
    ] {
      let isTable = file.setting(name)?.objectValue != nil
      try file.require(isTable ? "\(name).content" : name, [token])
    }
    if let basic = try file.flag("do_basic_tokenize"), !basic {
      throw file.refusal(of: "do_basic_tokenize", .bool(basic), "true")
    }
    if let kept = file.setting("never_split"), kept != [] {
      throw file.refusal(of: "never_split", kept, "an empty list")
    }
    lowercases = try file.flag("do_lower_case")
    stripsAccents = try file.flag("strip_accents")
    separatesIdeographs = try file.flag("tokenize_chinese_chars")
    tokenLimit = try file.count("model_max_length", atLeast: Self.leastLimit)
    let decoder = file.setting("added_tokens_decoder")?.objectValue ?? []
    added = try AddedTokens(decoder.map { (Int($0.name), $0.value) }, in: file)
  }

  func apply(to rules: inout WordPieceRules) {
    rules.lowercases = lowercases ?? rules.lowercases
    rules.stripsAccents = stripsAccents ?? rules.stripsAccents
    rules.separatesIdeographs = separatesIdeographs ?? rules.separatesIdeographs
  }
}
