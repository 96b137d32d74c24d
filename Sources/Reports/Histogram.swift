import Diagnostics

/// How often whole numbers fall into ranges of equal size, as bars.
package struct Histogram: Sendable {
  /// One range and how many numbers lie in it.
  package struct Bin: Hashable, Sendable {
    package let first: Int
    package let last: Int
    package let count: Int
    /// Whether it has no upper end.
    package let isTail: Bool

    package init(first: Int, last: Int, count: Int, isTail: Bool = false) {
      self.first = first
      self.last = last
      self.count = count
      self.isTail = isTail
    }

    /// `7`, `5–9`, `from 40`.
    package var label: String {
      if first == last { return Spelling.count(first) }
      return isTail
        ? "from \(Spelling.count(first))" : "\(Spelling.count(first))–\(Spelling.count(last))"
    }
  }

  package private(set) var bins: [Bin] = []

  /// Cuts `minimum...maximum` into at most `binCount` ranges of a round size.
  ///
  /// - Parameters:
  ///   - tail: numbers from here on are in the last bin, so that a few large ones do not flatten the rest.
  ///   - count: how often the numbers of a range occurred.
  package init(
    minimum: Int, maximum: Int, tail: Int? = nil, binCount: Int = 12,
    count: (Range<Int>) -> Int
  ) {
    let last = min(maximum, max(minimum, tail ?? maximum))
    let size = Self.roundSize(atLeast: (last - minimum) / binCount + 1)
    var start = minimum / size * size
    while start <= last {
      bins.append(
        Bin(first: start, last: start + size - 1, count: count(start..<start + size)))
      start += size
    }
    if start <= maximum {
      bins.append(
        Bin(first: start, last: maximum, count: count(start..<maximum + 1), isTail: true))
    }
  }

  /// A line for each range.
  package func lines(width: Int) -> [String] {
    let bars = bins.map { (label: $0.label, count: $0.count) }
    return BarChart(bars, labelAlignment: .right).lines(width: width)
  }

  /// The smallest of 1, 2, 5, 10, 20, 50, … that is not below `least`.
  private static func roundSize(atLeast least: Int) -> Int {
    var unit = 1
    while true {
      for factor in [1, 2, 5] where unit * factor >= least { return unit * factor }
      unit *= 10
    }
  }
}
