/// How many n-grams of a segment's hypothesis are in its references, each as often as in the best.
struct NGramMatches {
  let hypothesisLength: Int
  /// The closest of the references' lengths; of two equally close the shorter.
  let referenceLength: Int
  /// By order, from unigrams.
  private(set) var matches: [Int]
  let totals: [Int]

  init(
    of hypothesis: [UInt64], in references: [[UInt64]], maximumOrder: Int,
    using table: inout NGramTable
  ) {
    let length = hypothesis.count
    hypothesisLength = length
    referenceLength =
      references.map(\.count).min {
        (abs(length - $0), $0) < (abs(length - $1), $1)
      } ?? 0
    totals = (1...maximumOrder).map { max(0, length - $0 + 1) }
    matches = [Int](repeating: 0, count: maximumOrder)
    table.begin(capacity: references.reduce(0) { $0 + $1.count } * maximumOrder)
    for (number, reference) in references.enumerated() {
      Self.forEach(in: reference, upTo: maximumOrder) { _, key in
        table.count(key, ofReference: number)
      }
    }
    var found = matches
    Self.forEach(in: hypothesis, upTo: maximumOrder) { order, key in
      if table.match(key) { found[order - 1] += 1 }
    }
    matches = found
  }

  /// Gives every n-gram's order and hash.
  static func forEach(
    in units: [UInt64], upTo maximumOrder: Int, _ body: (_ order: Int, _ key: UInt64) -> Void
  ) {
    for start in units.indices {
      var key: UInt64 = 0
      for order in 1...max(1, min(maximumOrder, units.count - start)) {
        key = extended(key, by: units[start + order - 1])
        body(order, key)
      }
    }
  }
}

extension SegmentStatistics {
  /// The two lengths, then matches and totals by order.
  mutating func append(_ segment: NGramMatches) {
    let start = appendSegment()
    let numbers =
      [segment.hypothesisLength, segment.referenceLength] + segment.matches + segment.totals
    for (column, number) in numbers.enumerated() { self[start + column] = Double(number) }
  }
}
