/// Merges the characters of a word by always applying the earliest merge that occurs in it.
struct WordSegmenter: Sendable {
  private let version: Merges.Version
  /// From a scalar, and 1 where it ends its word with a glued mark or else 0, to its symbol.
  private var characters = PairTable()
  private let wordEnd: Int32
  /// From two symbols to the number of their merge; merges are numbered in the order of their ranks.
  private var index: PairTable
  /// The symbol that each merge makes.
  private var joined: [Int32] = []

  init(_ merges: Merges) {
    version = merges.version
    index = PairTable(minimumCapacity: merges.merges.count)
    var symbols = SymbolTable()
    for merge in merges.merges {
      let left = symbols.insert(merge.left[...])
      let right = symbols.insert(merge.right[...])
      let whole = symbols.insert((merge.left + merge.right)[...])
      let next = Int32(truncatingIfNeeded: joined.count)
      if index.value(left, right, orInsert: next) == next { joined.append(whole) }
    }
    wordEnd = symbols.id(of: Merges.wordEnd.span) ?? Self.noSymbol
    for symbol in 0..<Int32(truncatingIfNeeded: symbols.count) {
      insertCharacter(symbols[symbol], isLast: false, symbol)
      if version == .gluedWordEnd, symbols[symbol].ends(with: Merges.wordEnd) {
        insertCharacter(symbols[symbol].dropLast(Merges.wordEnd.count), isLast: true, symbol)
      }
    }
  }

  /// Notes a symbol if it is one scalar.
  private mutating func insertCharacter(_ bytes: ArraySlice<UInt8>, isLast: Bool, _ symbol: Int32) {
    guard !bytes.isEmpty else { return }
    let (scalar, length) = ScalarText.scalar(at: 0, in: bytes.span)
    guard length == bytes.count else { return }
    _ = characters.value(Int32(bitPattern: scalar), isLast ? 1 : 0, orInsert: symbol)
  }

  /// A symbol that is in no merge.
  private static let noSymbol: Int32 = -1

  /// A symbol of the current word, and where it ends.
  fileprivate struct Piece {
    var symbol: Int32
    var end: Int
    /// The number of its merge with the next piece, or none.
    var merge = Piece.noMerge

    static let noMerge = Int32.max
  }

  /// The word under way; kept to save its memory.
  struct Draft: Sendable {
    fileprivate var pieces: [Piece] = []
    /// Where the best merge is possible, in ascending order.
    fileprivate var positions: [Int] = []
    fileprivate var changed: [Int] = []

    init() {}
  }

  /// Appends where the pieces of a word end, without the end-of-word mark.
  ///
  /// - Parameter start: where the word is taken to begin.
  func segment(
    _ word: Span<UInt8>, from start: Int, into ends: inout [Int], using draft: inout Draft,
    dropping random: inout DropoutSource?
  ) {
    begin(word, &draft)
    while let best = best(&draft, &random) { join(best, in: &draft) }
    if draft.pieces.count > 1, version == .separateWordEnd,
      draft.pieces[draft.pieces.count - 2].end == word.count
    {
      draft.pieces.removeLast()
    }
    for piece in draft.pieces { ends.append(start + piece.end) }
  }

  /// Cuts a word into its scalars.
  private func begin(_ word: Span<UInt8>, _ draft: inout Draft) {
    draft.pieces.removeAll(keepingCapacity: true)
    var end = 0
    while end < word.count {
      let (scalar, length) = ScalarText.scalar(at: end, in: word)
      end += length
      let isLast = end == word.count && version == .gluedWordEnd
      let symbol = characters[Int32(bitPattern: scalar), isLast ? 1 : 0]
      draft.pieces.append(Piece(symbol: symbol ?? Self.noSymbol, end: end))
    }
    if version == .separateWordEnd {
      draft.pieces.append(Piece(symbol: wordEnd, end: word.count))
    }
    for position in draft.pieces.indices { link(position, in: &draft.pieces) }
  }

  /// Looks up the merge of a piece with the next.
  private func link(_ position: Int, in pieces: inout [Piece]) {
    guard position >= 0, position < pieces.count else { return }
    let left = pieces[position].symbol
    let right = position + 1 < pieces.count ? pieces[position + 1].symbol : Self.noSymbol
    let merge = left < 0 || right < 0 ? nil : index[left, right]
    pieces[position].merge = merge ?? Piece.noMerge
  }

  /// The earliest merge among those not dropped; the draft then says where it is possible.
  private func best(_ draft: inout Draft, _ random: inout DropoutSource?) -> Int32? {
    var best = Piece.noMerge
    draft.positions.removeAll(keepingCapacity: true)
    for position in 0..<max(0, draft.pieces.count - 1) {
      if random?.drops() ?? false { continue }
      let merge = draft.pieces[position].merge
      if merge < best {
        best = merge
        draft.positions.removeAll(keepingCapacity: true)
      }
      if merge == best, best != Piece.noMerge { draft.positions.append(position) }
    }
    return best == Piece.noMerge ? nil : best
  }

  /// Joins the pieces where the merge is possible with the ones after them, unless already used up.
  private func join(_ merge: Int32, in draft: inout Draft) {
    var (from, to) = (0, 0)
    draft.changed.removeAll(keepingCapacity: true)
    for position in draft.positions where position >= from {
      while from < position {
        draft.pieces[to] = draft.pieces[from]
        (from, to) = (from + 1, to + 1)
      }
      draft.pieces[to] = Piece(
        symbol: joined[Int(merge)], end: draft.pieces[position + 1].end)
      draft.changed.append(to)
      (from, to) = (from + 2, to + 1)
    }
    while from < draft.pieces.count {
      draft.pieces[to] = draft.pieces[from]
      (from, to) = (from + 1, to + 1)
    }
    draft.pieces.removeLast(draft.pieces.count - to)
    for position in draft.changed {
      link(position - 1, in: &draft.pieces)
      link(position, in: &draft.pieces)
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate func ends(with suffix: [UInt8]) -> Bool { self.suffix(suffix.count) == suffix[...] }
}
