import Sweeps
import Testing

@Suite struct LeadingPointsTests {
  /// Values in no order, some of them equal.
  private static let values = (0..<600).map { $0 * 7919 % 401 }

  /// Whether a point comes before another: the greater value, of equal ones the first.
  private static func isBetter(_ a: Int, _ b: Int) -> Bool {
    values[a] == values[b] ? a < b : values[a] > values[b]
  }

  @Test(arguments: [1, 2, 300, 600, 900])
  func `the leaders are the first of all points in order, at every moment`(limit: Int) {
    var leading = LeadingPoints(atMost: limit)
    var known: [Int] = []
    for point in Self.values.indices {
      let before = Set(known.sorted(by: Self.isBetter).prefix(limit)).union([point])
      known.append(point)
      let leaders = Set(known.sorted(by: Self.isBetter).prefix(limit))
      let lost = leading.add(point, by: Self.isBetter)
      #expect(before.subtracting(leaders) == Set([lost].compactMap(\.self)))
      #expect(known.allSatisfy { leading.contains($0) == leaders.contains($0) })
    }
  }

  @Test func `a point is compared with a few leaders, not with all`() {
    var leading = LeadingPoints(atMost: 300)
    var comparisonCount = 0
    for point in Self.values.indices {
      _ = leading.add(point) {
        comparisonCount += 1
        return Self.isBetter($0, $1)
      }
    }
    #expect(comparisonCount <= 600 * 9)
  }
}
