/// Tokens and their ids: special tokens first, then by falling count, equals by their bytes.
package struct Vocabulary: Sendable {
  /// Tokens that are no words of the text.
  package enum Special: String, CaseIterable, Sendable {
    case padding = "<pad>"
    case unknown = "<unk>"
    case start = "<s>"
    case end = "</s>"

    var bytes: [UInt8] { Array(rawValue.utf8) }

    /// As the vocabularies of encoders spell it.
    fileprivate var piece: [UInt8] {
      switch self {
      case .padding: PieceEntries.padding
      case .unknown: PieceEntries.unknown
      case .start: PieceEntries.start
      case .end: PieceEntries.separator
      }
    }

    /// - Parameter isPiece: whether it is spelled as in the vocabularies of encoders.
    fileprivate func id(in table: TokenTable, asPiece isPiece: Bool) -> Int? {
      let spelling = isPiece ? piece : bytes
      return table.id(of: spelling.span)
    }
  }

  package struct Options: Sendable, Hashable {
    /// At most this many entries, special tokens included.
    package var size: Int?
    /// Rarer tokens are left out.
    package var minimumCount = 1
    /// Whether `<s>` and `</s>` are entries, after `<pad>` and `<unk>`.
    package var hasBoundaries = false

    package init() {}
  }

  private let table: TokenTable
  /// Whether it is an encoder's, which spells special tokens in its own way.
  private let isOfPieces: Bool
  /// How often each entry was counted; 0 for special tokens.
  package let counts: [Int]
  private let unknown: Int?
  private let padding: Int?

  package init(_ counter: VocabularyCounter, _ options: Options = Options()) {
    let specials: [Special] =
      options.hasBoundaries ? Special.allCases : [.padding, .unknown]
    let order = counter.counts.indices
      .filter { counter.counts[$0] >= options.minimumCount }
      .sorted {
        let (a, b) = (counter.counts[$0], counter.counts[$1])
        return a != b ? a > b : counter.tokens[$0].lexicographicallyPrecedes(counter.tokens[$1])
      }
    var table = TokenTable(specials.map(\.bytes))
    var counts = [Int](repeating: 0, count: specials.count)
    let size = options.size ?? Int.max
    for id in order where table.count < size {
      let count = table.count
      let word = counter.tokens[id].span
      if let entry = EntrySpelling.entry(of: word) {
        table.insert(entry.span)
      } else {
        table.insert(word)
      }
      if table.count > count { counts.append(counter.counts[id]) }
    }
    self.init(table, counts: counts)
  }

  init(_ table: TokenTable, counts: [Int]) {
    precondition(table.count == counts.count, "\(table.count) tokens, \(counts.count) counts")
    self.table = table
    self.counts = counts
    isOfPieces = !table.contains(Special.padding.bytes.span)
    unknown = Special.unknown.id(in: table, asPiece: isOfPieces)
    padding = Special.padding.id(in: table, asPiece: isOfPieces)
  }

  /// The number of entries, special tokens included.
  package var count: Int { table.count }

  /// The bytes of the entry of an id, as the artifact has them.
  package subscript(id: Int) -> ArraySlice<UInt8> { table[id] }

  /// The word of the text that an id means; that of a special token is the token itself.
  package func word(of id: Int) -> ArraySlice<UInt8> { EntrySpelling.word(of: table[id]) }

  /// The id of a word of the text, never that of a special token; nil when it is unknown.
  package func id(of word: Span<UInt8>) -> Int? { id(of: 0..<word.count, in: word) }

  @inline(__always)
  private func id(of word: Range<Int>, in line: Span<UInt8>) -> Int? {
    guard let entry = EntrySpelling.entry(of: line.extracting(word)) else {
      return table.id(of: word, in: line)
    }
    return table.id(of: entry.span)
  }

  /// The id of a special token; nil when the vocabulary lacks it.
  package func id(of special: Special) -> Int? {
    special.id(in: table, asPiece: isOfPieces)
  }

  /// Appends the ids of a line's words, `<unk>`'s for unknown ones; those are dropped without it.
  ///
  /// - Parameter isPadded: whether it is a line as `pad` writes it.
  package func ids(of line: Span<UInt8>, isPadded: Bool = false, into ids: inout [Int32]) {
    self.ids(of: 0..<line.count, in: line, isPadded: isPadded, into: &ids)
  }

  /// Appends the ids of the words of a line that stands within some bytes.
  package func ids(
    of line: Range<Int>, in bytes: Span<UInt8>, isPadded: Bool, into ids: inout [Int32]
  ) {
    let finder = table.finder
    let unknown = unknown
    // Two words have a space between them.
    ids.append(addingCapacity: line.count / 2 + 1) { ids in
      bytes.forEachWord(in: line) { start, end in
        let word = start..<end
        let found =
          EntrySpelling.mayBeSpecial(word, in: bytes)
          ? idOfSpecial(word, in: bytes, isPadded: isPadded)
          : finder.id(of: word, in: bytes) ?? unknown
        if let found { ids.append(Int32(truncatingIfNeeded: found)) }
      }
    }
  }

  /// The id of a word that may be spelled like a special token.
  @inline(never)
  private func idOfSpecial(_ word: Range<Int>, in line: Span<UInt8>, isPadded: Bool) -> Int? {
    let first = isPadded ? PaddedLine.wordStart(in: line.extracting(word)) : 0
    guard let first else { return padding }
    return id(of: word.lowerBound + first..<word.upperBound, in: line) ?? unknown
  }
}
