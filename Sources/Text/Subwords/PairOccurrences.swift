/// The words in which each pair of symbols occurs, and how often.
struct PairOccurrences {
  private struct Occurrence {
    let word: Int32
    var count: Int32 = 0
    var isListed = false
    /// The pair's next occurrence, or -1.
    var next: Int32 = -1
  }

  private var occurrences: [Occurrence] = []
  private var index = PairTable(minimumCapacity: 1 << 18)
  /// The first listed occurrence of each pair, or -1.
  private var heads: [Int32] = []

  mutating func add(_ times: Int32, to pair: Int32, in word: Int32) {
    while heads.count <= Int(pair) { heads.append(-1) }
    let id = index.value(pair, word, orInsert: Int32(truncatingIfNeeded: occurrences.count))
    if Int(id) == occurrences.count { occurrences.append(Occurrence(word: word)) }
    occurrences[Int(id)].count &+= times
    if !occurrences[Int(id)].isListed {
      occurrences[Int(id)].isListed = true
      occurrences[Int(id)].next = heads[Int(pair)]
      heads[Int(pair)] = id
    }
  }

  /// The words with a positive count.
  func words(of pair: Int32) -> [Int32] {
    var words: [Int32] = []
    var id = heads[Int(pair)]
    while id >= 0 {
      if occurrences[Int(id)].count > 0 { words.append(occurrences[Int(id)].word) }
      id = occurrences[Int(id)].next
    }
    return words
  }

  mutating func removeAll(of pair: Int32) {
    var id = heads[Int(pair)]
    heads[Int(pair)] = -1
    while id >= 0 {
      let next = occurrences[Int(id)].next
      occurrences[Int(id)].count = 0
      occurrences[Int(id)].isListed = false
      id = next
    }
  }
}
