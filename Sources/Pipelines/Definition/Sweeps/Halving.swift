/// Successive halving: all points are given a little work, the best share of them more, and so on.
package struct Halving: Sendable {
  /// The stage and option that more is asked of; found from the stages when not given.
  package var extent: (stage: String, option: String)?
  /// How much every point is given.
  package var start = 1
  /// The best of so many points go on, to so many times as much work.
  package var factor = 2

  /// The extents up to the whole: 1, 3, 9, 10.
  package func extents(upTo whole: Int) -> [Int] {
    var extents: [Int] = []
    var next = start
    while next < whole {
      extents.append(next)
      let (product, overflows) = next.multipliedReportingOverflow(by: factor)
      next = overflows ? whole : product
    }
    return extents + [whole]
  }

  /// How many of so many points go on.
  package func survivorCount(of count: Int) -> Int { max(1, (count + factor - 1) / factor) }
}
