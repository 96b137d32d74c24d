/// Merges the characters of a word by always applying the earliest merge that occurs in it.
struct WordSegmenter: Sendable {
  private struct Merge {
    let rank: Int32
    let joined: Int32
  }

  private let version: Merges.Version
  private var symbols = SymbolTable()
  /// From two symbols to the index of their merge.
  private var index: PairTable
  private var merges: [Merge] = []

  init(_ merges: Merges) {
    version = merges.version
    index = PairTable(minimumCapacity: merges.merges.count)
    for (rank, merge) in merges.merges.enumerated() {
      let left = symbols.insert(merge.left[...])
      let right = symbols.insert(merge.right[...])
      let joined = symbols.insert((merge.left + merge.right)[...])
      let next = Int32(truncatingIfNeeded: self.merges.count)
      if index.value(left, right, orInsert: next) == next {
        self.merges.append(Merge(rank: Int32(truncatingIfNeeded: rank), joined: joined))
      }
    }
  }

  /// A symbol of the current word: its id, or -1 when it is in no merge, and where it ends.
  private struct Piece {
    var symbol: Int32
    var end: Int
    /// The index of its merge with the next piece, or none.
    var merge = Piece.noMerge

    static let noMerge = Int32.max
  }

  /// The pieces of a word, without the end-of-word mark.
  func segment(_ word: [UInt8], dropping random: inout DropoutSource?) -> [[UInt8]] {
    var pieces = characters(of: word)
    for position in pieces.indices { link(position, in: &pieces) }
    while let best = best(in: pieces, &random) {
      join(best.merge, at: best.positions, in: &pieces)
    }
    if pieces.count > 1, version == .separateWordEnd,
      pieces[pieces.count - 2].end == word.count
    {
      pieces.removeLast()
    }
    var start = 0
    return pieces.map { piece in
      defer { start = piece.end }
      return Array(word[start..<piece.end])
    }
  }

  private func characters(of word: [UInt8]) -> [Piece] {
    var pieces: [Piece] = []
    var start = 0
    while start < word.count {
      let end = start + ScalarText.scalarLength(at: start, in: word.span)
      var bytes = Array(word[start..<end])
      if end == word.count, version == .gluedWordEnd { bytes += Merges.wordEnd }
      pieces.append(Piece(symbol: symbols.id(of: bytes.span) ?? -1, end: end))
      start = end
    }
    if version == .separateWordEnd {
      let wordEnd = Merges.wordEnd
      pieces.append(Piece(symbol: symbols.id(of: wordEnd.span) ?? -1, end: word.count))
    }
    return pieces
  }

  /// Looks up the merge of a piece with the next.
  private func link(_ position: Int, in pieces: inout [Piece]) {
    guard position >= 0, position < pieces.count else { return }
    let left = pieces[position].symbol
    let right = position + 1 < pieces.count ? pieces[position + 1].symbol : -1
    let merge = left < 0 || right < 0 ? nil : index[left, right]
    pieces[position].merge = merge ?? Piece.noMerge
  }

  /// The earliest merge among those not dropped, and where it is possible.
  ///
  /// Merges are numbered in the order of their ranks.
  private func best(
    in pieces: [Piece], _ random: inout DropoutSource?
  ) -> (merge: Int32, positions: [Int])? {
    var best = Piece.noMerge
    var positions: [Int] = []
    for (position, piece) in pieces.dropLast().enumerated() {
      if random?.drops() ?? false { continue }
      if piece.merge < best {
        best = piece.merge
        positions.removeAll(keepingCapacity: true)
      }
      if piece.merge == best, best != Piece.noMerge { positions.append(position) }
    }
    return best == Piece.noMerge ? nil : (best, positions)
  }

  /// Joins the pieces at ascending positions with the ones after them, unless already used up.
  private func join(_ merge: Int32, at positions: [Int], in pieces: inout [Piece]) {
    let joined = merges[Int(merge)].joined
    var (from, to) = (0, 0)
    var changed: [Int] = []
    for position in positions where position >= from {
      while from < position {
        pieces[to] = pieces[from]
        (from, to) = (from + 1, to + 1)
      }
      pieces[to] = Piece(symbol: joined, end: pieces[position + 1].end)
      changed.append(to)
      (from, to) = (from + 2, to + 1)
    }
    while from < pieces.count {
      pieces[to] = pieces[from]
      (from, to) = (from + 1, to + 1)
    }
    pieces.removeLast(pieces.count - to)
    for position in changed {
      link(position - 1, in: &pieces)
      link(position, in: &pieces)
    }
  }
}
