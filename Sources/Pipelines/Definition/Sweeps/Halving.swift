/// Successive halving (Jamieson and Talwalkar 2016): the best share of points gets more work each rung.
package struct Halving: Sendable {
  /// The stage and option that is increased; found from the stages when not given.
  package var extent: (stage: String, option: String)?
  /// The extent of the first rung.
  package var start = 1
  /// One of so many points goes on, to so many times the extent.
  package var factor = 2

  /// The extents of the rungs up to the whole extent: 1, 3, 9, 10.
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

  /// How many of `count` points go on.
  package func survivorCount(of count: Int) -> Int { max(1, (count + factor - 1) / factor) }
}
