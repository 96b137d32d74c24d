/// The n-grams that are features, numbered by how often they occur, the most frequent first.
///
/// Behind the features stand the n-grams that are only beginnings of features.
package struct NGramVocabulary: Sendable {
  /// What is kept of the n-grams that occur.
  package struct Limits: Hashable, Sendable {
    /// The tokens of an n-gram.
    package var lengths: ClosedRange<Int>
    /// The rows that an n-gram must occur in.
    package var minimumCount: Int
    /// How many n-grams are kept at most, those that occur most often; nil: all.
    package var size: Int?

    package init(lengths: ClosedRange<Int>, minimumCount: Int = 1, size: Int? = nil) {
      precondition(lengths.lowerBound > 0, "n-grams of \(lengths) tokens")
      self.lengths = lengths
      self.minimumCount = minimumCount
      self.size = size
    }
  }

  package let lengths: ClosedRange<Int>
  /// How many n-grams are features.
  package let count: Int
  /// The number of each n-gram without its last token; -1 for none.
  package let prefixes: [Int32]
  /// The last token of each n-gram.
  package let tokens: [Int32]
  private let table: NGramTable

  /// Reads a vocabulary back; nil when the numbers cannot be one's.
  package init?(lengths: ClosedRange<Int>, count: Int, prefixes: [Int32], tokens: [Int32]) {
    guard lengths.lowerBound > 0, prefixes.count == tokens.count,
      (0...prefixes.count).contains(count),
      prefixes.allSatisfy({ $0 >= NGramTable.start && Int($0) < prefixes.count }),
      tokens.allSatisfy({ $0 >= 0 })
    else { return nil }
    var table = NGramTable(minimumCapacity: prefixes.count)
    for (number, prefix) in prefixes.enumerated() {
      let number = Int32(number)
      let found = table.number(prefix: prefix, token: tokens[Int(number)], orInsert: number)
      guard found == number else { return nil }
    }
    self.lengths = lengths
    self.count = count
    self.prefixes = prefixes
    self.tokens = tokens
    self.table = table
    // Beginnings that lead back to themselves would make a name without an end.
    for number in prefixes.indices where ids(of: number) == nil { return nil }
  }

  /// The tokens of an n-gram; nil when it has more than any may have.
  package func ids(of number: Int) -> [Int32]? {
    var found: [Int32] = []
    var number = Int32(number)
    while number != NGramTable.start {
      guard found.count < lengths.upperBound else { return nil }
      found.append(tokens[Int(number)])
      number = prefixes[Int(number)]
    }
    return found.reversed()
  }

  /// Gives the number of each feature of a row to `body`, once for each time that it occurs.
  func forEachFeature(of row: Span<Int32>, _ body: (Int32) -> Void) {
    for start in row.indices {
      var number = NGramTable.start
      for end in start..<min(row.count, start + lengths.upperBound) {
        guard row[end] >= 0, let next = table.number(prefix: number, token: row[end]) else { break }
        number = next
        if Int(number) < count, end - start + 1 >= lengths.lowerBound { body(number) }
      }
    }
  }
}

extension NGramVocabulary {
  /// Learns the n-grams of some rows.
  package init(of rows: TokenLists, _ limits: Limits) {
    var counts = NGramCounts(upTo: limits.lengths.upperBound)
    counts.add(rows)
    self.init(counts, limits)
  }

  /// Keeps n-grams that were counted.
  package init(_ counts: NGramCounts, _ limits: Limits) {
    let ngrams = counts.ngrams
    var candidates: [(number: Int32, total: Int, length: Int32)] = []
    for (number, ngram) in ngrams.enumerated()
    where ngram.length >= limits.lengths.lowerBound && Int(ngram.rowCount) >= limits.minimumCount {
      candidates.append((Int32(number), ngram.total, ngram.length))
    }
    // A beginning occurs at least as often as what it begins, and is shorter, so it comes before.
    candidates.sort { a, b in (b.total, a.length, a.number) < (a.total, b.length, b.number) }
    let ordered = candidates.map(\.number)
    let features = ordered.prefix(limits.size ?? ordered.count)
    var numbers = [Int32](repeating: NGramTable.start, count: ngrams.count)
    var kept: [Int32] = []
    func keep(_ number: Int32) {
      guard numbers[Int(number)] == NGramTable.start else { return }
      numbers[Int(number)] = Int32(kept.count)
      kept.append(number)
    }
    for number in features { keep(number) }
    for number in features {
      var prefix = ngrams[Int(number)].prefix
      while prefix != NGramTable.start {
        keep(prefix)
        prefix = ngrams[Int(prefix)].prefix
      }
    }
    lengths = limits.lengths
    count = features.count
    tokens = kept.map { ngrams[Int($0)].token }
    prefixes = kept.map { number in
      let prefix = ngrams[Int(number)].prefix
      return prefix == NGramTable.start ? prefix : numbers[Int(prefix)]
    }
    var table = NGramTable(minimumCapacity: kept.count)
    for number in kept.indices {
      _ = table.number(
        prefix: prefixes[number], token: tokens[number], orInsert: Int32(number))
    }
    self.table = table
  }
}
