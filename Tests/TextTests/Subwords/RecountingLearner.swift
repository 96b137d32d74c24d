import Text

/// The obvious learner: counts all pairs anew before each merge.
struct RecountingLearner {
  var words: [(symbols: [String], count: Int)]

  init(_ counter: VocabularyCounter) {
    words = counter.counts.indices.map { id in
      var symbols = String(decoding: counter.tokens[id], as: UTF8.self).unicodeScalars.map {
        String($0)
      }
      symbols[symbols.count - 1] += "</w>"
      return (symbols, counter.counts[id])
    }
  }

  mutating func learn(_ merges: Int, minimumCount: Int) -> [String] {
    var learned: [String] = []
    while learned.count < merges, let best = best(), best.count >= minimumCount {
      learned.append("\(best.left) \(best.right)")
      for index in words.indices { merge(best.left, best.right, in: index) }
    }
    return learned
  }

  private func best() -> (left: String, right: String, count: Int)? {
    var counts: [[String]: Int] = [:]
    for word in words {
      for (left, right) in zip(word.symbols, word.symbols.dropFirst()) {
        counts[[left, right], default: 0] += word.count
      }
    }
    let best = counts.max { a, b in
      if a.value != b.value { return a.value < b.value }
      if a.key[0] != b.key[0] { return precedes(a.key[0], b.key[0]) }
      return precedes(a.key[1], b.key[1])
    }
    return best.map { ($0.key[0], $0.key[1], $0.value) }
  }

  private func precedes(_ a: String, _ b: String) -> Bool {
    a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars)
  }

  private mutating func merge(_ left: String, _ right: String, in word: Int) {
    var merged: [String] = []
    var rest = words[word].symbols[...]
    while let symbol = rest.popFirst() {
      if symbol == left, rest.first == right {
        merged.append(left + right)
        rest.removeFirst()
      } else {
        merged.append(symbol)
      }
    }
    words[word].symbols = merged
  }
}
