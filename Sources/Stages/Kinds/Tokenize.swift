import Chains
import Diagnostics
import Pipelines
import Text

/// Cuts text into tokens, which stand between single spaces from then on.
struct Tokenize: RowWise {
  static let kind = "tokenize"
  static let version = 2
  static let manual = """
    cuts text into tokens, separated by single spaces
    moses follows the Perl scripts of the Moses toolkit for English, German and French, line for
    line. words takes runs of letters and digits, with apostrophes inside them, and every other
    symbol by itself, with the marks behind it; characters that are not seen are left out; with
    emoji = "whole", an emoji is one token with its skin tone, flag or joined parts. whitespace only
    collapses white space. characters takes every character; a space becomes ▁. A text of nothing but white space and invisible characters has no tokens.
    wordpiece cuts words into the pieces that an encoder knows, as BertTokenizerFast does: ##ing goes on
    the word before it, and [UNK] is a word that has no pieces. encoder is the folder of the encoder as
    Hugging Face writes it. [CLS] and the [SEP] at the end are left to the model. Two texts that are
    read together stand in one column with [SEP] between them, as template = "{a} [SEP] {b}" on load
    makes them; special tokens like it are taken as such where a text has them. What is more than
    max-tokens goes, from the longer of two texts first.
    """

  /// How text is cut.
  enum Rules: String, CaseIterable {
    case moses, words, whitespace, characters, wordpiece
  }

  /// What an emoji of several scalars becomes.
  private enum Emoji: String, CaseIterable {
    /// Its flag's letters and its skin tone are tokens of their own.
    case split
    case whole
  }

  let from: Parts
  let columns: TextColumns
  let rules: Rules
  private let emoji: Emoji
  private let moses: MosesTokenizer.Options
  private let prefixes: ExternalFile?
  private let pieces: PieceOptions?

  init(from options: inout StageOptions) {
    from = options.parts("from", .table, "the rows to tokenize")
    columns = TextColumns(from: &options)
    rules = options.choice("rules", default: .words, "how text is cut")
    let cutsWords = OptionCondition("rules", rules, isOneOf: [.words])
    emoji = options.added {
      $0.under(cutsWords) {
        $0.choice(
          "emoji", default: Emoji.split, "for words: whether an emoji of several parts is one token"
        )
      }
    }
    (moses, prefixes) = options.under(OptionCondition("rules", rules, isOneOf: [.moses])) {
      options in
      (
        MosesTokenizer.Options(from: &options),
        options.optionalFile(
          "prefixes", unset: "a list of our own",
          "for moses: a file of abbreviations in Moses's format")
      )
    }
    let cutsPieces = rules == .wordpiece
    pieces = options.added {
      $0.when(cutsPieces, "rules = \"wordpiece\"") { PieceOptions(from: &$0) }
    }
  }

  func longestRow(of port: Port) -> Int? { pieces?.longestRow }

  func transform(_ resources: Resources) throws(Diagnostic) -> any FieldTransform {
    switch rules {
    case .moses:
      var options = moses
      if let bytes = try resources("prefixes") {
        let file = try SideFile(bytes, path: prefixes?.path ?? "prefixes")
        options.abbreviations = try Abbreviations(
          parsing: file.contents.span, file: file.path)
      }
      return Tokenizer.moses(try MosesTokenizer(options))
    case .words: return Tokenizer.words(keepingEmoji: emoji == .whole)
    case .whitespace: return Tokenizer.whitespace
    case .characters: return Tokenizer.characters
    case .wordpiece:
      guard let encoder = try encoderTokenizer(resources) else {
        preconditionFailure("word pieces without their options")
      }
      return encoder.tokenizer
    }
  }
}

extension Tokenize: FollowsMoses {
  var mosesLanguage: MosesLanguage? { rules == .moses ? moses.language : nil }

  var writesEntities: Bool { rules == .moses && moses.escapes }
}

extension Tokenize: FollowsEncoder {
  func encoderTokenizer(_ resources: Resources) throws(Diagnostic) -> EncoderTokenizer? {
    try pieces.map { pieces throws(Diagnostic) in try pieces.tokenizer(resources) }
  }
}

extension Tokenize: Reversible {
  func reversal() -> (any FieldTransform)? {
    switch rules {
    case .moses: JoinedFields.moses(MosesDetokenizer(moses.language))
    case .characters: JoinedFields.characters
    case .wordpiece: JoinedFields.wordPieces
    case .words, .whitespace: nil
    }
  }
}

extension Tokenizer: FieldTransform {
  package func apply(_ text: Span<UInt8>, of row: Origin, into output: inout [UInt8]) {
    guard !text.isBlank else { return }
    tokenize(text, into: &output)
  }
}

extension MosesTokenizer.Options {
  fileprivate init(from options: inout StageOptions) {
    self.init(
      options.choice("language", default: MosesLanguage.english, "for moses: whose rules to follow")
    )
    lowercases = options.flag(
      "lowercase", default: false, "for moses: as lowercase.perl does, before anything else")
    normalizesPunctuation = options.flag(
      "normalize", default: false, "for moses: as normalize-punctuation.perl does")
    splitsHyphens = options.flag(
      "aggressive", default: false, "for moses: cut a-b into a @-@ b")
    escapes = options.flag(
      "escape", default: true, "for moses: write & | < > ' \" [ ] as entities")
    alwaysSplitsFinalStop = options.flag(
      "split-final-stop", default: false,
      "for moses: cut off the last full stop of a line even from abbreviations, as later versions do"
    )
    protectedPatterns = options.patterns(
      "protect", "for moses: patterns that are never cut")
  }
}
