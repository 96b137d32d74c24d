/// The best of the points that have a value, at most so many of them, as points come in.
package struct LeadingPoints {
  private let limit: Int
  /// The best first.
  private var leaders: [Int] = []
  private var members: Set<Int> = []

  package init(atMost limit: Int) { self.limit = limit }

  package func contains(_ point: Int) -> Bool { members.contains(point) }

  /// Takes a point in: O(log n) comparisons for n leaders.
  ///
  /// - Parameters:
  ///   - point: one that has a value and did not come in before.
  ///   - isBetter: whether the first of two points is the better one.
  /// - Returns: the point that is no leader any more, or could not become one; nil for none.
  package mutating func add(_ point: Int, by isBetter: (Int, Int) -> Bool) -> Int? {
    var (low, high) = (0, leaders.count)
    while low < high {
      let middle = (low + high) / 2
      if isBetter(leaders[middle], point) { low = middle + 1 } else { high = middle }
    }
    guard low < limit else { return point }
    leaders.insert(point, at: low)
    members.insert(point)
    return leaders.count > limit ? members.remove(leaders.removeLast()) : nil
  }
}
