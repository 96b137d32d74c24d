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
  var occurrences = PairOccurrences()
  /// Those that are not pruned.
  private var active: [Int32] = []
  private var queue = PairQueue()
  /// Pairs whose count rose in the current merge.
  private var risen: [Int32] = []

  init(_ words: SegmentedWords) {
    for word in 0..<words.wordCount {
      let (symbols, count) = (words[word], words.count(of: word))
      for (left, right) in zip(symbols, symbols.dropFirst()) {
        add(count, to: left, right, in: Int32(truncatingIfNeeded: word))
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
  var greatestCount: Int { active.reduce(0) { max($0, pairs[Int($1)].count) } }

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
    active.removeAll { pair in
      let count = pairs[Int(pair)].count
      guard Double(count) < threshold else { return false }
      let sum = max(pairs[Int(pair)].setAside, Int.min / 4) + max(count, Int.min / 4)
      pairs[Int(pair)].setAside = count < 0 ? sum : count
      pairs[Int(pair)].isActive = false
      return true
    }
  }

  mutating func recall() {
    active = pairs.indices.map { Int32(truncatingIfNeeded: $0) }
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

  /// Puts the pairs whose count rose into the queue.
  mutating func enqueueRisen(_ symbols: SymbolTable) {
    for pair in risen where pairs[Int(pair)].count > pairs[Int(pair)].queued {
      enqueue(pair, symbols)
    }
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

  /// The number of a pair, a new one when it has none.
  mutating func number(of left: Int32, _ right: Int32) -> Int32 {
    let pair = index.value(left, right, orInsert: Int32(truncatingIfNeeded: pairs.count))
    if Int(pair) == pairs.count {
      pairs.append(Pair(left: left, right: right))
      occurrences.appendPair()
    }
    return pair
  }

  mutating func forgetCount(of pair: Int32) { pairs[Int(pair)].count = 0 }

  mutating func subtract(_ count: Int, from pair: Int32) { add(0 &- count, to: pair) }

  /// Adds to the count of a pair that comes up in a word.
  mutating func add(_ count: Int, to left: Int32, _ right: Int32, in word: Int32) {
    let pair = number(of: left, right)
    add(count, to: pair)
    occurrences.note(pair, in: word)
  }

  @inline(__always)
  mutating func add(_ count: Int, to pair: Int32) {
    let place = Int(pair)
    if !pairs[place].isActive {
      pairs[place].isActive = true
      pairs[place].count = 0
      active.append(pair)
    }
    pairs[place].count &+= count
    if pairs[place].count > pairs[place].queued { risen.append(pair) }
  }
}
