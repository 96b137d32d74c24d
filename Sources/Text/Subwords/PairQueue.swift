/// A binary heap of pairs by the counts they had when they were put in, the best first.
struct PairQueue {
  struct Entry {
    let count: Int
    let pair: Int32
    let left: Int32
    let right: Int32

    /// By count, then by the strings of the left symbols, then of the right, the greatest first.
    func precedes(_ other: Entry, _ symbols: SymbolTable) -> Bool {
      if count != other.count { return count > other.count }
      let order = symbols.order(left, other.left)
      return order != 0 ? order > 0 : symbols.order(right, other.right) > 0
    }
  }

  private var entries: [Entry] = []

  init() {}

  /// O(n).
  init(_ entries: [Entry], by precedes: (Entry, Entry) -> Bool) {
    self.entries = entries
    for index in (0..<entries.count / 2).reversed() { sink(index, by: precedes) }
  }

  var first: Entry? { entries.first }

  /// O(log n).
  mutating func insert(_ entry: Entry, by precedes: (Entry, Entry) -> Bool) {
    var index = entries.count
    entries.append(entry)
    while index > 0 {
      let parent = (index - 1) / 2
      guard precedes(entry, entries[parent]) else { break }
      entries[index] = entries[parent]
      index = parent
    }
    entries[index] = entry
  }

  /// O(log n).
  mutating func removeFirst(by precedes: (Entry, Entry) -> Bool) {
    guard let last = entries.popLast(), !entries.isEmpty else { return }
    entries[0] = last
    sink(0, by: precedes)
  }

  private mutating func sink(_ start: Int, by precedes: (Entry, Entry) -> Bool) {
    let entry = entries[start]
    var index = start
    while true {
      var child = 2 * index + 1
      guard child < entries.count else { break }
      if child + 1 < entries.count, precedes(entries[child + 1], entries[child]) { child += 1 }
      guard precedes(entries[child], entry) else { break }
      entries[index] = entries[child]
      index = child
    }
    entries[index] = entry
  }
}
