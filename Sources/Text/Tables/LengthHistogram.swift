/// How often each length occurred: exactly up to 4,095, by powers of two above.
package struct LengthHistogram: Hashable, Sendable {
  private static let exactLimit = 4096

  /// How often each length below 4,096 occurred.
  private var exact: [Int] = []
  /// How often lengths in 2ⁿ..<2ⁿ⁺¹ occurred, for n from 12 on.
  private var long: [Int] = []
  package private(set) var count = 0
  package private(set) var total = 0
  package private(set) var minimum = 0
  package private(set) var maximum = 0

  package init() {}

  package var mean: Double { count == 0 ? 0 : Double(total) / Double(count) }

  package mutating func add(_ length: Int) {
    minimum = count == 0 ? length : min(minimum, length)
    maximum = max(maximum, length)
    count += 1
    total += length
    if length < Self.exactLimit {
      while exact.count <= length { exact.append(0) }
      exact[length] += 1
    } else {
      let index = Int.bitWidth - 1 - length.leadingZeroBitCount - 12
      while long.count <= index { long.append(0) }
      long[index] += 1
    }
  }

  /// The smallest length that at least `share` of all do not exceed; above 4,095 an upper bound.
  package func percentile(_ share: Double) -> Int {
    let wanted = Int((share * Double(count)).rounded(.up))
    var below = 0
    for (length, count) in exact.enumerated() {
      below += count
      if below >= wanted, count > 0 { return length }
    }
    for (index, count) in long.enumerated() {
      below += count
      if below >= wanted { return min(maximum, 1 << (index + 13) - 1) }
    }
    return maximum
  }

  /// How often lengths in `range` occurred, for bars of a drawing; exact below 4,096.
  package func count(in range: Range<Int>) -> Int {
    var sum = 0
    for (length, count) in exact.enumerated() where range.contains(length) { sum += count }
    for (index, count) in long.enumerated() where range.contains(1 << (index + 12)) { sum += count }
    return sum
  }
}
