import Diagnostics
import Formats
import Text

/// A `tokenizer.json` of Hugging Face's tokenizers, with a WordPiece model.
struct TokenizerFile {
  static let fileName = "tokenizer.json"

  let entries: PieceEntries
  let rules: WordPieceRules
  /// Tokens that are taken as such where a text has them.
  let added: [[UInt8]]

  /// - Throws: when a part of it is of another kind than BERT's, which is named.
  init(_ file: JSONFile) throws(Diagnostic) {
    try file.require("model.type", ["WordPiece"], isNeeded: true)
    try file.require("model.unk_token", ["[UNK]"])
    try file.require("model.continuing_subword_prefix", ["##"])
    try file.require("normalizer.type", ["BertNormalizer"], isNeeded: true)
    try file.require("pre_tokenizer.type", ["BertPreTokenizer"], isNeeded: true)
    try Self.checkFrame(file)
    var rules = WordPieceRules()
    rules.cleans = try file.flag("normalizer.clean_text") ?? true
    rules.separatesIdeographs = try file.flag("normalizer.handle_chinese_chars") ?? true
    rules.lowercases = try file.flag("normalizer.lowercase") ?? true
    rules.stripsAccents = try file.flag("normalizer.strip_accents")
    rules.longestWord =
      try file.count("model.max_input_chars_per_word", atLeast: 1) ?? rules.longestWord
    self.rules = rules
    let list = file.setting("added_tokens")?.arrayValue ?? []
    let added = try AddedTokens(list.map { ($0["id"]?.intValue, $0) }, in: file)
    self.added = added.contents
    entries = try added.appended(to: Self.entries(file), of: file.path)
  }

  /// Throws unless a row is `[CLS]`, the text, `[SEP]`.
  private static func checkFrame(_ file: JSONFile) throws(Diagnostic) {
    try file.require("post_processor.type", ["TemplateProcessing", "BertProcessing"])
    guard let template = file.setting("post_processor.single")?.arrayValue else { return }
    let parts = template.map { part in
      (part["SpecialToken"] ?? part["Sequence"])?["id"]?.stringValue
    }
    guard parts == ["[CLS]", "A", "[SEP]"] else {
      throw file.refusal(of: "post_processor.single", .array(template), "[CLS], the text, [SEP]")
    }
  }

  private static func entries(_ file: JSONFile) throws(Diagnostic) -> PieceEntries {
    guard let members = file.setting("model.vocab")?.objectValue else {
      throw file.refusal(
        of: "model.vocab", file.setting("model.vocab") ?? .null, "the number of each entry")
    }
    var entries: [ArraySlice<UInt8>?] = Array(repeating: nil, count: members.count)
    for member in members {
      guard let id = member.value.intValue, entries.indices.contains(id), entries[id] == nil else {
        throw Diagnostic(
          .noNumber(member.name, member.value.compact, members.count), at: Place(file: file.path))
      }
      entries[id] = Array(member.name.utf8)[...]
    }
    return try PieceEntries(entries.compactMap(\.self), file: file.path) { _ in nil }
  }
}

extension Diagnostic.Message {
  fileprivate static func noNumber(_ entry: String, _ number: String, _ count: Int) -> Self {
    Self(
      "the entry '\(entry)' has the number \(number), but the \(Spelling.count(count)) entries are"
        + " numbered from 0 to \(count - 1), each once",
      remedy: EncoderTokenizer.remedy)
  }
}
