/// What a merge does to the counts of the pairs beside it, by the rules of subword-nmt.
extension PairStatistics {
  /// Merges a pair in every word it occurs in, and updates the counts of neighbouring pairs.
  ///
  /// - Parameter step: the number of the merge.
  mutating func merge(_ pair: Int32, in words: inout SegmentedWords, at step: Int) {
    let (left, right) = symbols(of: pair)
    let symbolCount = words.symbols.count
    let joined = words.joined(left, right)
    let isNew = words.symbols.count > symbolCount
    forgetCount(of: pair)
    let affected = occurrences.takeWords(of: pair)
    for word in affected where words.visit(Int(word), at: Int32(truncatingIfNeeded: step)) {
      if left != right, isNew, occurrences.excess(of: pair, in: word) == 0 {
        replace(left, right, by: joined, in: word, of: &words)
      } else {
        replaceCounting(pair, by: joined, in: word, of: &words)
      }
    }
    forgetCount(of: pair)
    enqueueRisen(words.symbols)
  }

  /// Merges two symbols into one that no word has yet, so that counts are those of the places.
  ///
  /// `A B C D` with `B C` merged has one `A B` and one `C D` less, one `A BC` and one `BC D` more.
  private mutating func replace(
    _ left: Int32, _ right: Int32, by joined: Int32, in word: Int32, of words: inout SegmentedWords
  ) {
    let count = words.count(of: Int(word))
    words.replace(left, right, by: joined, in: Int(word)) { place in
      if let before = place.before {
        subtract(count, from: number(of: before.old, left))
        add(count, to: before.new, joined, in: word)
      }
      if let after = place.after {
        subtract(count, from: number(of: right, after))
        add(count, to: joined, after, in: word)
      }
    }
  }

  /// Merges a pair where what subword-nmt counts may differ from what stands in the word.
  private mutating func replaceCounting(
    _ pair: Int32, by joined: Int32, in word: Int32, of words: inout SegmentedWords
  ) {
    let (left, right) = symbols(of: pair)
    let old = Array(words[Int(word)])
    let standing = zip(old, old.dropFirst()).count { $0 == (left, right) }
    guard standing + occurrences.excess(of: pair, in: word) > 0 else {
      return occurrences.setExcess(-standing, of: pair, in: word)
    }
    shiftExcesses(by: 1, along: old[...], in: word)
    occurrences.setExcess(0, of: pair, in: word)
    words.replace(left, right, by: joined, in: Int(word)) { _ in }
    let count = words.count(of: Int(word))
    removeNeighbours(of: left, right, in: old, word, count)
    addNeighbours(of: joined, in: words[Int(word)], word, count)
    shiftExcesses(by: -1, along: words[Int(word)], in: word)
  }

  private mutating func shiftExcesses(
    by times: Int, along symbols: ArraySlice<Int32>, in word: Int32
  ) {
    for (left, right) in zip(symbols, symbols.dropFirst()) {
      shiftExcess(by: times, of: number(of: left, right), in: word)
    }
  }

  private mutating func shiftExcess(by times: Int, of pair: Int32, in word: Int32) {
    occurrences.setExcess(
      occurrences.excess(of: pair, in: word) + times, of: pair, in: word)
  }

  /// `A B C D` with `B C` merged has one `A B` and one `C D` less; in `A B C B C` the inner `C B` once.
  private mutating func removeNeighbours(
    of left: Int32, _ right: Int32, in old: [Int32], _ word: Int32, _ count: Int
  ) {
    var index = 0
    while index + 1 < old.count {
      guard old[index] == left, old[index + 1] == right else {
        index += 1
        continue
      }
      if index > 0 { tally(-1, old[index - 1], left, in: word, count) }
      if index + 2 < old.count {
        let isRepeated = index + 3 < old.count && old[index + 2] == left && old[index + 3] == right
        if !isRepeated { tally(-1, right, old[index + 2], in: word, count) }
      }
      index += 2
    }
  }

  /// `A BC D` has one `A BC` and one `BC D` more; in `A BC BC` the `BC BC` once.
  private mutating func addNeighbours(
    of joined: Int32, in new: ArraySlice<Int32>, _ word: Int32, _ count: Int
  ) {
    for index in new.indices where new[index] == joined {
      if index > new.startIndex { tally(1, new[index - 1], joined, in: word, count) }
      if index + 1 < new.endIndex, new[index + 1] != joined {
        tally(1, joined, new[index + 1], in: word, count)
      }
    }
  }

  /// Counts a pair of a word once more, or once less.
  private mutating func tally(
    _ times: Int, _ left: Int32, _ right: Int32, in word: Int32, _ count: Int
  ) {
    add(times &* count, to: left, right, in: word)
    shiftExcess(by: times, of: number(of: left, right), in: word)
  }
}
