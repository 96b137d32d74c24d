/// How often whole numbers fall into ranges of equal size, as bars.
package struct Histogram: Sendable {
  private var bins: [(range: ClosedRange<Int>, count: Int)] = []
  private let hasTail: Bool

  /// Cuts `minimum...maximum` into at most `binCount` ranges of a round size.
  ///
  /// - Parameters:
  ///   - tail: numbers from here on share the last bin, so that a few large ones hide nothing.
  ///   - count: how often the numbers of a range occurred.
  package init(
    minimum: Int, maximum: Int, tail: Int? = nil, binCount: Int = 12,
    count: (Range<Int>) -> Int
  ) {
    let last = min(maximum, max(minimum, tail ?? maximum))
    let size = Self.roundSize(atLeast: (last - minimum) / binCount + 1)
    var start = minimum / size * size
    while start <= last {
      bins.append((start...start + size - 1, count(start..<start + size)))
      start += size
    }
    hasTail = start <= maximum
    if hasTail { bins.append((start...maximum, count(start..<maximum + 1))) }
  }

  /// A line for each range.
  package func lines(width: Int) -> [String] {
    let bars = bins.enumerated().map { index, bin in
      let (first, last) = (bin.range.lowerBound, bin.range.upperBound)
      let isTail = hasTail && index == bins.count - 1
      let label =
        first == last
        ? Spelling.count(first)
        : isTail
          ? "from \(Spelling.count(first))" : "\(Spelling.count(first))–\(Spelling.count(last))"
      return (label: label, count: bin.count)
    }
    return BarChart(bars, labelAlignment: .right).lines(width: width)
  }

  /// The smallest of 1, 2, 5, 10, 20, 50, … that is at least so large.
  private static func roundSize(atLeast least: Int) -> Int {
    var unit = 1
    while true {
      for factor in [1, 2, 5] where unit * factor >= least { return unit * factor }
      unit *= 10
    }
  }
}
