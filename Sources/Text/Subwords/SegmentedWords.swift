/// Distinct words with their counts, each a sequence of symbols that merging shortens in place.
struct SegmentedWords: Sendable {
  private(set) var symbols = SymbolTable()
  /// The symbols of all words, one after the other.
  private var units: [Int32] = []
  private var starts: [Int] = []
  private var lengths: [Int] = []
  let counts: [Int]
  /// Distinct characters inside words plus distinct characters at their ends.
  let characterCount: Int

  /// Cuts each word into its scalars, the last with `</w>`.
  init(_ vocabulary: VocabularyCounter) {
    counts = vocabulary.counts
    var inner: Set<Int32> = []
    var final: Set<Int32> = []
    for id in 0..<vocabulary.tokens.count {
      starts.append(units.count)
      let word = Array(vocabulary.tokens[id])
      var start = 0
      while start < word.count {
        let end = start + ScalarText.scalarLength(at: start, in: word.span)
        let isLast = end == word.count
        let symbol = symbols.insert(word[start..<end] + (isLast ? Merges.wordEnd : []))
        if isLast { final.insert(symbol) } else { inner.insert(symbol) }
        units.append(symbol)
        start = end
      }
      lengths.append(units.count - starts[id])
    }
    characterCount = inner.count + final.count
  }

  var wordCount: Int { starts.count }

  subscript(word: Int) -> ArraySlice<Int32> {
    units[starts[word]..<starts[word] + lengths[word]]
  }

  /// The symbol that a merge of two makes.
  mutating func joined(_ left: Int32, _ right: Int32) -> Int32 {
    symbols.insert(symbols[left] + symbols[right])
  }

  /// Merges a pair in a word from left to right.
  mutating func replace(_ left: Int32, _ right: Int32, by joined: Int32, in word: Int) {
    let start = starts[word]
    let end = start + lengths[word]
    var (from, to) = (start, start)
    while from < end {
      if from + 1 < end, units[from] == left, units[from + 1] == right {
        units[to] = joined
        from += 2
      } else {
        units[to] = units[from]
        from += 1
      }
      to += 1
    }
    lengths[word] = to - start
  }
}
