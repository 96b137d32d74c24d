import Diagnostics

/// The artifact, `token<TAB>count` lines, and fairseq's `dict.txt`.
extension Vocabulary {
  /// Every entry in the order of ids, special tokens with count 0.
  package var lines: [UInt8] {
    TokenCountLines.write(
      (0..<count).lazy.map { (self[$0], counts[$0]) }, separator: UInt8(ascii: "\t"))
  }

  /// Reads what `lines` wrote.
  ///
  /// - Throws: at the first malformed or repeated line, and when `<pad>` and `<unk>` are not among
  ///   the first lines, where special tokens stand, unless it is an encoder's.
  package init(lines: Span<UInt8>, file: String) throws(Diagnostic) {
    let read = try TokenCountLines.read(lines, file: file)
    let isOfPieces =
      !read.tokens.contains(Special.padding.bytes.span)
      && [PieceEntries.padding, PieceEntries.unknown].allSatisfy { read.tokens.contains($0.span) }
    for (position, special) in [Special.padding, .unknown].enumerated() where !isOfPieces {
      let id = read.tokens.id(of: special.bytes.span)
      guard let id, id < Special.allCases.count else {
        throw Diagnostic(.noSpecialTokens, at: Place(file: file, line: position + 1))
      }
    }
    self.init(read.tokens, counts: read.counts)
  }

  /// The special tokens that fairseq puts before those of the file, in its order.
  private static let fairseqSpecials: [Special] = [.start, .padding, .end, .unknown]

  /// fairseq's `dict.txt`: `token count` lines without special tokens.
  ///
  /// - Parameter multiple: `madeupword0000 0` lines fill up until fairseq's count of entries, its
  ///   four special tokens included, is a multiple of this.
  package func fairseqDictionary(multiple: Int = 8) -> [UInt8] {
    let specials = Set(Self.fairseqSpecials.compactMap(id(of:)))
    var entries = (0..<count).filter { !specials.contains($0) }.map { (self[$0], counts[$0]) }
    var made = 0
    while (entries.count + Self.fairseqSpecials.count) % max(1, multiple) != 0 {
      let digits = String(made)
      let word = "madeupword" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      entries.append((Array(word.utf8)[...], 0))
      made += 1
    }
    return TokenCountLines.write(entries, separator: UInt8(ascii: " "))
  }

  /// Reads a `dict.txt`; ids are fairseq's own: `<s> <pad> </s> <unk>`, then the file's lines.
  package init(fairseqDictionary text: Span<UInt8>, file: String) throws(Diagnostic) {
    var table = TokenTable(Self.fairseqSpecials.map(\.bytes))
    let read = try TokenCountLines.read(text, file: file, reserved: table)
    for id in 0..<read.tokens.count { table.insert(read.tokens[id].span) }
    self.init(table, counts: Self.fairseqSpecials.map { _ in 0 } + read.counts)
  }
}

extension VocabularyCounter {
  /// Reads `token count` lines, the separator a tab or a space: any vocabulary of this program,
  /// subword-nmt's `get-vocab` or fairseq.
  ///
  /// - Throws: at the first malformed or repeated line.
  package init(lines: Span<UInt8>, file: String) throws(Diagnostic) {
    self = try TokenCountLines.read(lines, file: file)
  }

  /// The words counted at least that often, of the lines of a vocabulary.
  package func tokens(countedAtLeast minimum: Int) -> TokenTable {
    TokenTable(
      counts.indices.lazy.filter { counts[$0] >= minimum }
        .map { Array(EntrySpelling.word(of: tokens[$0])) })
  }
}
