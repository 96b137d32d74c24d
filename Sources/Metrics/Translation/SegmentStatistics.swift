/// A few numbers for each segment, from whose sums the score of a corpus is computed.
package struct SegmentStatistics: Hashable, Sendable {
  /// How many numbers each segment has.
  package let width: Int
  /// Segment by segment.
  package private(set) var values: [Double] = []

  init(width: Int) { self.width = width }

  /// How many segments there are.
  package var count: Int { values.count / width }

  /// Makes room for another segment, all zero, and gives the place of its first number.
  mutating func appendSegment() -> Int {
    values.append(contentsOf: repeatElement(0, count: width))
    return values.count - width
  }

  subscript(position: Int) -> Double {
    get { values[position] }
    set { values[position] = newValue }
  }

  /// The sums over all segments.
  package func sums() -> [Double] { sums(of: 0..<count) }

  /// The sums over some segments, which may come several times.
  package func sums(of segments: some Sequence<Int>) -> [Double] {
    var sums = [Double](repeating: 0, count: width)
    for segment in segments {
      let start = segment * width
      for column in 0..<width { sums[column] += values[start + column] }
    }
    return sums
  }
}
