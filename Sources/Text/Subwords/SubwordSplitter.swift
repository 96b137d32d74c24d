/// Splits pieces that are not in a vocabulary back into those they were merged from.
struct SubwordSplitter: Sendable {
  private let vocabulary: TokenTable
  private let separator: [UInt8]
  /// The merge that made each symbol.
  private var origins: [[UInt8]: Merges.Merge] = [:]

  init(_ merges: Merges, _ vocabulary: TokenTable, separator: [UInt8]) {
    self.vocabulary = vocabulary
    self.separator = separator
    var last: [Merges.Merge: Int] = [:]
    for (rank, merge) in merges.merges.enumerated() { last[merge] = rank }
    // Of several merges that make one symbol, subword-nmt keeps the one whose last line is first.
    for (rank, merge) in merges.merges.enumerated().reversed() where last[merge] == rank {
      origins[merge.left + merge.right] = merge
    }
  }

  /// Where the pieces of a word end once each is known or impossible to split further.
  ///
  /// - Parameters:
  ///   - cuts: where the pieces end that are to be split.
  ///   - start: where the first of them begins.
  func split(_ cuts: ArraySlice<Int>, of word: Span<UInt8>, from start: Int) -> [Int] {
    var output: [[UInt8]] = []
    var begin = start
    for (index, cut) in cuts.enumerated() {
      var piece: [UInt8] = []
      piece.append(copying: word.extracting(begin..<cut))
      split(piece, isFinal: index + 1 == cuts.count, into: &output)
      begin = cut
    }
    var end = start
    return output.map { piece in
      end += piece.count
      return end
    }
  }

  private func split(_ piece: [UInt8], isFinal: Bool, into output: inout [[UInt8]]) {
    var waiting = [(piece: piece, isFinal: isFinal)]
    while let next = waiting.popLast() {
      if isKnown(next.piece, isFinal: next.isFinal) {
        output.append(next.piece)
      } else if let (left, right) = origin(of: next.piece, isFinal: next.isFinal) {
        waiting.append((right, next.isFinal))
        waiting.append((left, false))
      } else {
        output.append(next.piece)
      }
    }
  }

  private func isKnown(_ piece: [UInt8], isFinal: Bool) -> Bool {
    let token = isFinal ? piece : piece + separator
    return vocabulary.contains(token.span)
  }

  private func origin(
    of piece: [UInt8], isFinal: Bool
  ) -> (left: [UInt8], right: [UInt8])? {
    guard let merge = origins[isFinal ? piece + Merges.wordEnd : piece], !piece.isEmpty else {
      return nil
    }
    guard isFinal else { return (merge.left, merge.right) }
    guard merge.right.suffix(Merges.wordEnd.count) == Merges.wordEnd[...] else { return nil }
    return (merge.left, Array(merge.right.dropLast(Merges.wordEnd.count)))
  }
}
