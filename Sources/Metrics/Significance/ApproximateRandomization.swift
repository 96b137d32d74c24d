/// Whether two systems differ, by how often their difference is exceeded when segments change sides.
///
/// Each trial exchanges the two translations of each segment, or not, by the toss of a coin. The coins
/// are those of sacreBLEU. Noreen 1989; Riezler and Maxwell 2005.
package struct ApproximateRandomization: Hashable, Sendable {
  package var seed: UInt32 = 12_345
  package var trials = 10_000

  package init() {}

  /// Compares two systems on the same segments, of which there is at least one.
  ///
  /// Two systems alike in every segment have a p-value of 1; sacreBLEU's counting gives them its
  /// smallest one. Complexity: O(trials · segments).
  package func comparison(
    _ a: SegmentStatistics, _ b: SegmentStatistics, scoredBy metric: some SegmentMetric
  ) -> PairedComparison {
    precondition(a.count > 0 && a.count == b.count, "systems of \(a.count) and \(b.count) segments")
    let (sumsA, sumsB) = (a.sums(), b.sums())
    let both = zip(sumsA, sumsB).map { $0 + $1 }
    let (valueA, valueB) = (metric.value(ofSums: sumsA), metric.value(ofSums: sumsB))
    let width = a.width
    var coins = PCG64.Bits(of: PCG64(seed: seed))
    var larger = 0
    for _ in 0..<trials {
      var sums = [Double](repeating: 0, count: width)
      for segment in 0..<a.count {
        let start = segment * width
        if coins.next() {
          for column in 0..<width { sums[column] += a.values[start + column] }
        } else {
          for column in 0..<width { sums[column] += b.values[start + column] }
        }
      }
      let others = zip(both, sums).map { $0 - $1 }
      let difference = metric.value(ofSums: sums) - metric.value(ofSums: others)
      if abs(difference) > abs(valueA - valueB) { larger += 1 }
    }
    return PairedComparison(
      a: valueA, b: valueB, pValue: a == b ? 1 : Double(larger + 1) / Double(trials + 1),
      leastPValue: 1 / Double(trials + 1), difference: nil)
  }
}
