import Chains
import Diagnostics
import Fixtures
import Testing
import Text

/// The tokenizer of an encoder's folder: each file, each setting, and folders with one thing wrong.
struct EncoderTokenizerTests {
  static let words = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nhi\nHi\n##s\nna\nnä\n"

  /// A `tokenizer.json`, with a text in it replaced.
  static func tokenizer(_ old: String = "", _ new: String = "") -> String {
    let whole = """
      {"version":"1.0",
      "truncation":{"max_length":4},
      "added_tokens":[{"id":0,"content":"[PAD]","special":true,"normalized":false},{"id":6,"content":"<x>","single_word":false,"normalized":false}],
      "normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":true},
      "pre_tokenizer":{"type":"BertPreTokenizer"},
      "post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"[CLS]","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"[SEP]","type_id":0}}]},
      "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100,
      "vocab":{"[PAD]":0,"[UNK]":1,"[CLS]":2,"[SEP]":3,"hi":4,"##s":5}}}
      """
    return old.isEmpty ? whole : whole.replacing(old, with: new)
  }

  private func read(_ files: [String: String]) throws(Diagnostic) -> EncoderTokenizer {
    let names = try EncoderTokenizer.files(among: files.keys.sorted(), of: "e")
    return try EncoderTokenizer("e") { name in
      names.contains(name) ? files[name].map { Array($0.utf8) } : nil
    }
  }

  private func pieces(_ line: String, _ files: [String: String]) throws -> String {
    let encoder = try read(files)
    var tokenizer = WordPieceTokenizer(
      encoder.entries, encoder.rules, specials: encoder.specials, tokenLimit: encoder.tokenLimit)
    var output: [UInt8] = []
    tokenizer.tokenize(Array(line.utf8).span, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test(arguments: [
    ("{}", "hi [UNK] na na"),
    (#"{"do_lower_case": false}"#, "Hi [UNK] nä nä"),
    (#"{"do_lower_case": true, "strip_accents": false}"#, "hi [UNK] nä nä"),
    (#"{"strip_accents": true, "do_lower_case": false}"#, "Hi [UNK] na na"),
    (#"{"model_max_length": 4, "tokenizer_class": "BertTokenizer"}"#, "hi [UNK]"),
    (#"{"model_max_length": 1000000000000000019884624838656}"#, "hi [UNK] na na"),
    (
      #"{"added_tokens_decoder": {"9": {"content": "<x>", "normalized": false}}}"#, "hi <x> na na"
    ),
    (#"{"unk_token": {"content": "[UNK]"}, "never_split": null}"#, "hi [UNK] na na"),
  ])
  func `vocab.txt goes with tokenizer_config.json`(_ settings: String, _ result: String) throws {
    let files = ["vocab.txt": Self.words, "tokenizer_config.json": settings]
    let pieces = try pieces("Hi <x> nä nä", files)
    // Without the token <x>, its brackets are words of their own.
    #expect(pieces.replacing("[UNK] [UNK] [UNK]", with: "[UNK]") == result)
  }

  @Test(arguments: [
    (tokenizer(), "hi <x> hi ##s"),
    (tokenizer("\"lowercase\":true", "\"lowercase\":false"), "[UNK] <x> hi ##s"),
    (tokenizer("_word\":100", "_word\":2"), "hi <x> [UNK]"),
  ])
  func `tokenizer.json comes before vocab.txt`(_ tokenizer: String, _ result: String) throws {
    #expect(
      try pieces("Hi<x> his", ["tokenizer.json": tokenizer, "vocab.txt": "nothing"]) == result)
  }

  @Test func `positions limit a row as the tokenizer does`() throws {
    let limits = try [("512", "40"), ("3", "40"), ("null", "40"), ("7", "null")].map {
      try read([
        "vocab.txt": Self.words, "tokenizer_config.json": "{\"model_max_length\": \($0)}",
        "config.json": "{\"max_position_embeddings\": \($1)}",
      ]).tokenLimit
    }
    #expect(limits == [40, 3, 40, 7])
    #expect(try read(["vocab.txt": Self.words]).tokenLimit == nil)
  }

  @Test(arguments: [
    (["config.json": "{}"], "the folder 'e' has neither tokenizer.json nor vocab.txt"),
    (
      ["vocab.txt": words, "added_tokens.json": "{}"],
      "the folder 'e' has added_tokens.json beside vocab.txt, which is not supported"
    ),
    (["vocab.txt": "[PAD]\n[CLS]\n[SEP]\n"], "the vocabulary has no [UNK]"),
    (["vocab.txt": "\u{0}\n"], "NUL byte in text"),
    (["tokenizer.json": "[]"], "the file is no JSON object"),
    (
      ["tokenizer.json": String(tokenizer().dropLast(4))],
      "the JSON text ends where a value is expected"
    ),
    (
      ["tokenizer.json": tokenizer("\"WordPiece\",", "\"BPE\",")],
      "model.type is \"BPE\", which is not supported"
    ),
    (
      ["tokenizer.json": tokenizer("\"type\":\"WordPiece\",", "")],
      "model.type is null, which is not supported"
    ),
    (
      ["tokenizer.json": tokenizer("unk_token\":\"[UNK]", "unk_token\":\"<unk>")], "model.unk_token"
    ),
    (["tokenizer.json": tokenizer("prefix\":\"##", "prefix\":\"@@")], "model.continuing_subword"),
    (["tokenizer.json": tokenizer("_word\":100", "_word\":0")], "model.max_input_chars_per_word"),
    (["tokenizer.json": tokenizer("BertNormalizer", "NFKC")], "normalizer.type is \"NFKC\""),
    (["tokenizer.json": tokenizer("BertPreTokenizer", "Metaspace")], "pre_tokenizer.type"),
    (["tokenizer.json": tokenizer("Processing", "X")], "post_processor.type is \"TemplateX\""),
    (["tokenizer.json": tokenizer("\"id\":\"[CLS]\"", "\"id\":\"<s>\"")], "post_processor.single"),
    (["tokenizer.json": tokenizer("clean_text\":true", "clean_text\":1")], "normalizer.clean_text"),
    (
      ["tokenizer.json": tokenizer("\"hi\":4", "\"hi\":9")],
      "the entry 'hi' has the number 9, but the 6 entries are numbered from 0 to 5, each once"
    ),
    (["tokenizer.json": tokenizer("\"hi\":4", "\"hi\":3")], "the entry 'hi' has the number 3"),
    (["tokenizer.json": tokenizer("\"hi\":4", "\"hi\":-1")], "the entry 'hi' has the number -1"),
    (["tokenizer.json": tokenizer("\"vocab\":{", "\"v\":{")], "model.vocab is null"),
    (
      ["tokenizer.json": tokenizer("\"id\":6", "\"id\":8")],
      "the added token '<x>' has the number 8, but the entries end with 5"
    ),
    (
      ["tokenizer.json": tokenizer("\"id\":6", "\"id\":5")],
      "the added token '<x>' has the number 5, which is that of '##s'"
    ),
    (
      ["tokenizer.json": tokenizer("single_word\":false", "single_word\":true")],
      "the added token '<x>' has single_word = true"
    ),
    (["tokenizer.json": tokenizer("<x>", "New York")], "an added token is \"New York\""),
    (
      ["vocab.txt": words, "tokenizer_config.json": #"{"tokenizer_class": "T5Tokenizer"}"#],
      "tokenizer_class is \"T5Tokenizer\", which is not supported"
    ),
    (
      ["vocab.txt": words, "tokenizer_config.json": #"{"sep_token": {"content": "</s>"}}"#],
      "sep_token.content is \"</s>\""
    ),
    (
      ["vocab.txt": words, "tokenizer_config.json": #"{"do_basic_tokenize": false}"#],
      "do_basic_tokenize is false"
    ),
    (
      ["vocab.txt": words, "tokenizer_config.json": #"{"never_split": ["a"]}"#],
      "never_split is [\"a\"]"
    ),
    (
      ["vocab.txt": words, "tokenizer_config.json": #"{"do_lower_case": "yes"}"#],
      "do_lower_case is \"yes\""
    ),
    (
      ["vocab.txt": words, "tokenizer_config.json": #"{"model_max_length": 2}"#], "model_max_length"
    ),
    (["vocab.txt": words, "config.json": #"{"max_position_embeddings": 0}"#], "max_position"),
  ])
  func `a folder with one thing wrong is refused for that`(
    _ files: [String: String], _ problem: String
  ) throws {
    let error = try #require(throws: Diagnostic.self) { try read(files) }
    #expect(error.message.problem.hasPrefix(problem), "\(error)")
    #expect(error.message.remedy != nil || error.excerpt != nil, "\(error)")
  }

  @Test func `damaged files never trap`() {
    let settings = """
      {"model_max_length": 512, "do_lower_case": true, "added_tokens_decoder": {"0": {"content": "[PAD]"}}}
      """
    for copy in DamagedCopies(of: Array(Self.tokenizer().utf8), count: 1_000) {
      _ = try? EncoderTokenizer("e") { $0 == "tokenizer.json" ? copy : nil }
    }
    for copy in DamagedCopies(of: Array(settings.utf8), count: 1_000) {
      let words = Array(Self.words.utf8)
      _ = try? EncoderTokenizer("e") { name in
        switch name {
        case "vocab.txt": words
        case "tokenizer_config.json": copy
        default: nil
        }
      }
    }
  }
}
