/// How often each pair of neighbouring symbols occurs, and in which words.
///
/// As subword-nmt's `prune_stats` does, pairs rarer than a threshold are pruned: they leave the queue,
/// and their counts are kept apart until the pairs are needed again.
struct PairStatistics {
  private struct Pair {
    let left: Int32
    let right: Int32
    /// The count by which pairs are compared; valid while `isActive`.
    var count = 0
    var isActive = false
    /// The count when the pair was last pruned.
    var setAside = 0
    /// An entry in the queue claims at least this count.
    var queued = 0
  }

  private var pairs: [Pair] = []
  private var index = PairTable(minimumCapacity: 1 << 16)
  private var occurrences = PairOccurrences()
  private var queue = PairQueue()
  /// Pairs whose count rose in the current merge.
  private var risen: [Int32] = []

  init(_ words: SegmentedWords) {
    for word in 0..<words.wordCount {
      let symbols = words[word]
      for (left, right) in zip(symbols, symbols.dropFirst()) {
        add(words.counts[word], to: left, right, in: word, times: 1)
      }
    }
    for pair in pairs.indices { pairs[pair].setAside = pairs[pair].count }
    rebuildQueue(words.symbols)
  }

  func symbols(of pair: Int32) -> (left: Int32, right: Int32) {
    (pairs[Int(pair)].left, pairs[Int(pair)].right)
  }

  func count(of pair: Int32) -> Int { pairs[Int(pair)].count }

  /// The greatest count of an active pair, or zero.
  var greatestCount: Int {
    pairs.reduce(0) { $1.isActive ? max($0, $1.count) : $0 }
  }

  /// The active pair of the greatest count, of equals the greatest string; nil when none is positive.
  mutating func best(_ symbols: SymbolTable) -> Int32? {
    while let top = queue.first {
      let pair = pairs[Int(top.pair)]
      if pair.isActive, pair.count == top.count { return top.pair }
      queue.removeFirst { $0.precedes($1, symbols) }
      pairs[Int(top.pair)].queued = 0
      if pair.isActive, pair.count > 0 { enqueue(top.pair, symbols) }
    }
    return nil
  }

  // MARK: - Forgetting

  mutating func forget(below threshold: Double) {
    for index in pairs.indices
    where pairs[index].isActive && Double(pairs[index].count) < threshold {
      pairs[index].isActive = false
      let count = pairs[index].count
      let sum = max(pairs[index].setAside, Int.min / 4) + max(count, Int.min / 4)
      pairs[index].setAside = count < 0 ? sum : count
    }
  }

  mutating func recall() {
    for index in pairs.indices {
      pairs[index].isActive = true
      pairs[index].count = pairs[index].setAside
    }
  }

  mutating func rebuildQueue(_ symbols: SymbolTable) {
    var entries: [PairQueue.Entry] = []
    for (index, pair) in pairs.enumerated() {
      let isQueued = pair.isActive && pair.count > 0
      pairs[index].queued = isQueued ? pair.count : 0
      if isQueued { entries.append(entry(for: Int32(truncatingIfNeeded: index))) }
    }
    queue = PairQueue(entries) { $0.precedes($1, symbols) }
    risen.removeAll(keepingCapacity: true)
  }

  private mutating func enqueue(_ pair: Int32, _ symbols: SymbolTable) {
    pairs[Int(pair)].queued = pairs[Int(pair)].count
    queue.insert(entry(for: pair)) { $0.precedes($1, symbols) }
  }

  private func entry(for index: Int32) -> PairQueue.Entry {
    let pair = pairs[Int(index)]
    return .init(count: pair.count, pair: index, left: pair.left, right: pair.right)
  }

  // MARK: - Counting

  private mutating func add(
    _ count: Int, to left: Int32, _ right: Int32, in word: Int, times: Int32
  ) {
    let pair = index.value(left, right, orInsert: Int32(truncatingIfNeeded: pairs.count))
    if Int(pair) == pairs.count { pairs.append(Pair(left: left, right: right)) }
    let now = (pairs[Int(pair)].isActive ? pairs[Int(pair)].count : 0) &+ count
    pairs[Int(pair)].count = now
    pairs[Int(pair)].isActive = true
    if now > pairs[Int(pair)].queued { risen.append(pair) }
    occurrences.add(times, to: pair, in: Int32(truncatingIfNeeded: word))
  }

  /// Merges a pair in every word it occurs in, and updates the counts of neighbouring pairs.
  mutating func merge(_ pair: Int32, in words: inout SegmentedWords) {
    let (left, right) = symbols(of: pair)
    let joined = words.joined(left, right)
    let affected = occurrences.words(of: pair)
    occurrences.removeAll(of: pair)
    pairs[Int(pair)].count = 0
    for word in affected {
      let old = Array(words[Int(word)])
      words.replace(left, right, by: joined, in: Int(word))
      removeNeighbours(of: left, right, in: old, Int(word), words.counts[Int(word)])
      addNeighbours(of: joined, in: words[Int(word)], Int(word), words.counts[Int(word)])
    }
    pairs[Int(pair)].count = 0
    for pair in risen where pairs[Int(pair)].count > pairs[Int(pair)].queued {
      enqueue(pair, words.symbols)
    }
    risen.removeAll(keepingCapacity: true)
  }

  /// `A B C D` with `B C` merged has one `A B` and one `C D` less; in `A B C B C` the inner `C B` once.
  private mutating func removeNeighbours(
    of left: Int32, _ right: Int32, in old: [Int32], _ word: Int, _ count: Int
  ) {
    var index = 0
    while index + 1 < old.count {
      guard old[index] == left, old[index + 1] == right else {
        index += 1
        continue
      }
      if index > 0 { add(0 &- count, to: old[index - 1], left, in: word, times: -1) }
      if index + 2 < old.count {
        let isRepeated = index + 3 < old.count && old[index + 2] == left && old[index + 3] == right
        if !isRepeated { add(0 &- count, to: right, old[index + 2], in: word, times: -1) }
      }
      index += 2
    }
  }

  /// `A BC D` has one `A BC` and one `BC D` more; in `A BC BC` the `BC BC` once.
  private mutating func addNeighbours(
    of joined: Int32, in new: ArraySlice<Int32>, _ word: Int, _ count: Int
  ) {
    for index in new.indices where new[index] == joined {
      if index > new.startIndex { add(count, to: new[index - 1], joined, in: word, times: 1) }
      if index + 1 < new.endIndex, new[index + 1] != joined {
        add(count, to: joined, new[index + 1], in: word, times: 1)
      }
    }
  }
}
