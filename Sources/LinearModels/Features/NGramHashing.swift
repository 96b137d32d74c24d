/// N-grams as features without a list of them: each falls into one of so many buckets.
package struct NGramHashing: Hashable, Sendable {
  package let lengths: ClosedRange<Int>
  package let bucketCount: Int

  package init(lengths: ClosedRange<Int>, bucketCount: Int) {
    precondition(lengths.lowerBound > 0, "n-grams of \(lengths) tokens")
    precondition((1...Int(Int32.max)).contains(bucketCount), "\(bucketCount) buckets")
    self.lengths = lengths
    self.bucketCount = bucketCount
  }

  /// Gives the bucket of each n-gram of a row to `body`, once for each time that it occurs.
  func forEachFeature(of row: Span<Int32>, _ body: (Int32) -> Void) {
    for start in row.indices {
      var hash: UInt64 = 0
      for end in start..<min(row.count, start + lengths.upperBound) {
        guard row[end] >= 0 else { break }
        hash = Self.mix(hash &+ UInt64(row[end]) &+ 1)
        guard end - start + 1 >= lengths.lowerBound else { continue }
        body(Int32(hash.multipliedFullWidth(by: UInt64(bucketCount)).high))
      }
    }
  }

  /// The finaliser of SplitMix64: a one-to-one scramble.
  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
