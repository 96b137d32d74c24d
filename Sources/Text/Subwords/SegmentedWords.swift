/// Distinct words with their counts, each a sequence of symbols that merging shortens in place.
struct SegmentedWords: Sendable {
  private struct Word {
    let start: Int
    let count: Int
    var length: Int32
    /// The last step that came to this word.
    var step: Int32 = -1
  }

  private(set) var symbols = SymbolTable()
  /// The symbols of all words, one after the other.
  private var units: [Int32] = []
  private var words: [Word] = []
  /// Distinct characters inside words plus distinct characters at their ends.
  let characterCount: Int

  /// Cuts each word into its scalars, the last with `</w>`.
  init(_ vocabulary: VocabularyCounter) {
    units.reserveCapacity(vocabulary.tokens.byteCount)
    words.reserveCapacity(vocabulary.tokens.count)
    // From a scalar, and whether it ends its word, to its symbol.
    var known = PairTable()
    for id in 0..<vocabulary.tokens.count {
      let start = units.count
      let word = vocabulary.tokens[id].span
      var index = 0
      while index < word.count {
        let (scalar, length) = ScalarText.scalar(at: index, in: word)
        let isLast = index + length == word.count
        let next = Int32(truncatingIfNeeded: symbols.count)
        let symbol = known.value(Int32(bitPattern: scalar), isLast ? 1 : 0, orInsert: next)
        if symbol == next {
          let bytes = vocabulary.tokens[id].dropFirst(index).prefix(length)
          _ = symbols.insert(bytes + (isLast ? Merges.wordEnd : []))
        }
        units.append(symbol)
        index += length
      }
      words.append(
        Word(
          start: start, count: vocabulary.counts[id],
          length: Int32(truncatingIfNeeded: units.count - start)))
    }
    characterCount = known.count
  }

  var wordCount: Int { words.count }

  subscript(word: Int) -> ArraySlice<Int32> {
    units[words[word].start..<words[word].start + Int(words[word].length)]
  }

  /// How often a word occurs.
  func count(of word: Int) -> Int { words[word].count }

  /// Whether a step comes to a word for the first time.
  mutating func visit(_ word: Int, at step: Int32) -> Bool {
    defer { words[word].step = step }
    return words[word].step != step
  }

  /// The symbol that a merge of two makes.
  mutating func joined(_ left: Int32, _ right: Int32) -> Int32 {
    symbols.insert(symbols[left] + symbols[right])
  }

  /// What a merge replaces at a place, and what stands beside it.
  struct Replacement {
    /// The symbol before, as it was and as it is.
    let before: (old: Int32, new: Int32)?
    /// The symbol after, unless the same pair follows, which will say it as what is before.
    let after: Int32?
  }

  /// Merges a pair in a word from left to right, and gives each place to `body`.
  @inline(__always)
  mutating func replace(
    _ left: Int32, _ right: Int32, by joined: Int32, in word: Int, _ body: (Replacement) -> Void
  ) {
    let start = words[word].start
    let end = start + Int(words[word].length)
    var (from, to, last) = (start, start, left)
    while from < end {
      guard from + 1 < end, units[from] == left, units[from + 1] == right else {
        last = units[from]
        units[to] = last
        (from, to) = (from + 1, to + 1)
        continue
      }
      let isRepeated = from + 3 < end && units[from + 2] == left && units[from + 3] == right
      body(
        Replacement(
          before: to > start ? (last, units[to - 1]) : nil,
          after: from + 2 < end && !isRepeated ? units[from + 2] : nil))
      units[to] = joined
      last = right
      (from, to) = (from + 2, to + 1)
    }
    words[word].length = Int32(truncatingIfNeeded: to - start)
  }
}
