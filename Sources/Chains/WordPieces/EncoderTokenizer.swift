import Diagnostics
import Formats
import Pipelines
import Text

/// The tokenizer in the folder of an encoder, as Hugging Face writes it.
///
/// Where there is a `tokenizer.json`, its vocabulary counts, else that of `vocab.txt`. What
/// `tokenizer_config.json` says of the text comes before what `tokenizer.json` says, as it does in
/// BertTokenizerFast. Truncation and padding in `tokenizer.json` are habits of whoever saved it, not of
/// the encoder, and are left alone.
package struct EncoderTokenizer: Sendable {
  package let entries: PieceEntries
  package var rules: WordPieceRules
  /// Tokens that are taken as such where a text has them.
  package let specials: [[UInt8]]
  /// The most tokens of a row; nil where the folder does not say.
  package var tokenLimit: Int?

  /// The files of the folder that are read.
  ///
  /// - Throws: when it has no vocabulary, or one that is spread over files.
  package static func files(
    among names: [String], of folder: String
  ) throws(Diagnostic) -> [String] {
    let settings = [TokenizerSettings.fileName, Positions.fileName].filter(names.contains)
    if names.contains(TokenizerFile.fileName) { return [TokenizerFile.fileName] + settings }
    guard names.contains(wordsName) else { throw Diagnostic(.noVocabulary(folder)) }
    if names.contains(addedName) { throw Diagnostic(.spreadVocabulary(folder)) }
    return [wordsName] + settings
  }

  private static let wordsName = "vocab.txt"
  /// Where older programs wrote tokens that were added to `vocab.txt`.
  private static let addedName = "added_tokens.json"

  /// - Parameters:
  ///   - folder: the name that errors give.
  ///   - contents: gives the bytes of a file of the folder; nil for one that is not there.
  package init(
    _ folder: String, contents: (_ name: String) throws(Diagnostic) -> [UInt8]?
  ) throws(Diagnostic) {
    func json(_ name: String) throws(Diagnostic) -> JSONFile? {
      guard let bytes = try contents(name) else { return nil }
      return try JSONFile(bytes, path: "\(folder)/\(name)")
    }
    let settings = try json(TokenizerSettings.fileName).map { file throws(Diagnostic) in
      try TokenizerSettings(file)
    }
    var rules = WordPieceRules()
    if let file = try json(TokenizerFile.fileName) {
      let tokenizer = try TokenizerFile(file)
      entries = tokenizer.entries
      rules = tokenizer.rules
      specials = tokenizer.added + PieceEntries.specials
    } else if let words = try contents(Self.wordsName) {
      let path = "\(folder)/\(Self.wordsName)"
      let file = try SideFile(words, path: path)
      let read = try PieceEntries(lines: file.contents[...], file: path)
      entries = try settings?.added.appended(to: read, of: path) ?? read
      specials = (settings?.added.contents ?? []) + PieceEntries.specials
    } else {
      throw Diagnostic(.noVocabulary(folder))
    }
    settings?.apply(to: &rules)
    self.rules = rules
    let positions = try json(Positions.fileName).map { file throws(Diagnostic) in
      try Positions(file)
    }
    tokenLimit = [settings?.tokenLimit, positions?.count].compactMap(\.self).min()
  }
}

extension EncoderTokenizer {
  /// What cuts text so.
  package var tokenizer: WordPieceTokenizer {
    WordPieceTokenizer(entries, rules, specials: specials, tokenLimit: tokenLimit)
  }
}

/// The tokenizer in a folder that an option of a stage names.
extension EncoderTokenizer {
  /// For a file of an encoder's folder that is not as it was written.
  package static let remedy = "copy the encoder's folder again"

  /// Takes the files of a folder as ones that the stage reads; reports a folder that lacks them.
  ///
  /// - Parameter option: the option that names the folder.
  package static func take(
    filesOf folder: ExternalFolder, as option: String, in options: inout StageOptions
  ) {
    do throws(Diagnostic) {
      for name in try files(among: folder.names, of: folder.path) {
        _ = options.file(name, in: folder, line: line(of: name, behind: option))
      }
    } catch { options.reject(fileOf: option, error, remedy: Self.remedy) }
  }

  /// - Parameters:
  ///   - option: the option that names the folder.
  ///   - bytes: gives the bytes of a line of the key.
  package init(
    _ folder: String, behind option: String, _ bytes: (String) throws(Diagnostic) -> [UInt8]?
  ) throws(Diagnostic) {
    try self.init(folder) { name throws(Diagnostic) in
      try bytes(Self.line(of: name, behind: option))
    }
  }

  private static func line(of name: String, behind option: String) -> String { "\(option).\(name)" }
}

/// The number of positions that `config.json` says the encoder has.
private struct Positions {
  static let fileName = "config.json"
  let count: Int?

  init(_ file: JSONFile) throws(Diagnostic) {
    count = try file.count("max_position_embeddings", atLeast: TokenizerSettings.leastLimit)
  }
}

extension Diagnostic.Message {
  fileprivate static func noVocabulary(_ folder: String) -> Self {
    Self(
      "the folder '\(folder)' has neither tokenizer.json nor vocab.txt",
      remedy: "give the folder of an encoder as Hugging Face writes it")
  }

  fileprivate static func spreadVocabulary(_ folder: String) -> Self {
    Self(
      "the folder '\(folder)' has added_tokens.json beside vocab.txt, which is not supported",
      remedy: "save the tokenizer again with its tokenizer.json")
  }
}
