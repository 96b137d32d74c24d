/// The words in which each pair of symbols occurs, as subword-nmt's indices count them.
///
/// Its counts of a pair in a word are those of the places where the pair stands, but for words where
/// a symbol is merged with itself or made in two ways. What they differ by is kept.
struct PairOccurrences {
  private struct Place: Hashable {
    let pair: Int32
    let word: Int32
  }

  /// Of each pair the words where it came up; some of them several times, some without it by now.
  private var words: [[Int32]] = []
  /// How much more often the pair counts than it stands in the word; never 0.
  private var excesses: [Place: Int] = [:]

  /// Makes room for the next pair.
  mutating func appendPair() { words.append([]) }

  /// Notes that a pair came up in a word.
  @inline(__always)
  mutating func note(_ pair: Int32, in word: Int32) {
    if words[Int(pair)].last != word { words[Int(pair)].append(word) }
  }

  /// Gives the words in which a pair may stand, and forgets them.
  mutating func takeWords(of pair: Int32) -> [Int32] {
    let taken = words[Int(pair)]
    words[Int(pair)] = []
    return taken
  }

  /// How much more often a pair counts than it stands in a word.
  func excess(of pair: Int32, in word: Int32) -> Int {
    excesses.isEmpty ? 0 : excesses[Place(pair: pair, word: word), default: 0]
  }

  mutating func setExcess(_ excess: Int, of pair: Int32, in word: Int32) {
    excesses[Place(pair: pair, word: word)] = excess == 0 ? nil : excess
  }
}
