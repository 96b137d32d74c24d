import Diagnostics

/// The entries of an encoder's vocabulary in the order of their numbers: words, and pieces after `##`.
package struct PieceEntries: Sendable {
  static let padding = Array("[PAD]".utf8)
  static let unknown = Array("[UNK]".utf8)
  static let start = Array("[CLS]".utf8)
  static let separator = Array("[SEP]".utf8)
  private static let mask = Array("[MASK]".utf8)

  /// The tokens that are no text in every encoder of BERT's kind.
  package static let specials = [padding, unknown, start, separator, mask]
  /// Those without which an encoder cannot be fed.
  private static let needed = [padding, unknown, start, separator]

  /// The most entries, and the most bytes of one; real vocabularies are far below.
  private static let most = (entries: 10_000_000, bytes: 10_000)

  let table: TokenTable

  package var count: Int { table.count }

  /// The bytes of the entry of a number.
  package subscript(id: Int) -> ArraySlice<UInt8> { table[id] }

  /// - Parameters:
  ///   - file: what errors name.
  ///   - line: the line of the file that an entry stands on; nil where entries have no lines.
  /// - Throws: at an entry that is empty, too long, or there before, and when one that every encoder
  ///   needs is missing.
  package init(
    _ entries: some Sequence<ArraySlice<UInt8>>, file: String, line: (_ id: Int) -> Int?
  ) throws(Diagnostic) {
    var table = TokenTable()
    for entry in entries {
      let id = table.count
      let place = Place(file: file, line: line(id))
      guard id < Self.most.entries else {
        throw Diagnostic(.tooManyEntries(Self.most.entries), at: place)
      }
      guard !entry.isEmpty else { throw Diagnostic(.emptyEntry(id), at: place) }
      guard entry.count <= Self.most.bytes, !entry.contains(UInt8(ascii: "\n")) else {
        throw Diagnostic(.noEntry(id, Self.most.bytes), at: place)
      }
      guard table.insert(entry.span) == id else {
        let first = table.id(of: entry.span) ?? 0
        throw Diagnostic(
          .repeatedEntry(String(decoding: entry, as: UTF8.self), first, id), at: place)
      }
    }
    for entry in Self.needed where !table.contains(entry.span) {
      throw Diagnostic(
        .missingEntry(String(decoding: entry, as: UTF8.self)), at: Place(file: file))
    }
    self.table = table
  }

  /// Reads a `vocab.txt`: an entry a line, numbered from 0.
  package init(lines text: ArraySlice<UInt8>, file: String) throws(Diagnostic) {
    let newline = UInt8(ascii: "\n")
    let whole = text.last == newline ? text.dropLast() : text
    let lines = whole.split(separator: newline, omittingEmptySubsequences: false)
    try self.init(whole.isEmpty ? [] : lines, file: file) { $0 + 1 }
  }
}

extension Diagnostic.Message {
  fileprivate static func tooManyEntries(_ most: Int) -> Self {
    Self(
      "a vocabulary of more than \(Spelling.count(most)) entries is none of an encoder",
      remedy: "give the folder of an encoder as Hugging Face writes it")
  }

  fileprivate static func emptyEntry(_ id: Int) -> Self {
    Self(
      "the entry of number \(Spelling.count(id)) is empty",
      remedy: "copy the file again; a blank line would number all entries behind it anew")
  }

  fileprivate static func noEntry(_ id: Int, _ most: Int) -> Self {
    Self(
      "the entry of number \(Spelling.count(id)) has a line end or over \(Spelling.count(most)) bytes:"
        + " it is no token",
      remedy: "give a vocabulary with one token a line")
  }

  fileprivate static func repeatedEntry(_ entry: String, _ first: Int, _ second: Int) -> Self {
    Self(
      "the entry '\(entry)' has two numbers, \(Spelling.count(first)) and \(Spelling.count(second))",
      remedy: "copy the file again; each entry has one line")
  }

  fileprivate static func missingEntry(_ entry: String) -> Self {
    Self(
      "the vocabulary has no \(entry), which an encoder needs",
      remedy: "give the vocabulary of an encoder of BERT's kind, whose special tokens are"
        + " [PAD], [UNK], [CLS] and [SEP]")
  }
}
