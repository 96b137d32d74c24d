import Artifacts
import Diagnostics

/// The rows that two evaluations have in common, with the answers of each.
struct PairedRows {
  /// The rows of the first, matching those of `b` one by one.
  let a: ComparedRows
  let b: ComparedRows
  /// Whether every row of both has its pair.
  let isWhole: Bool
  /// Why they cannot be tested; nil when they can.
  let obstacle: String?

  var count: Int { a.count }

  /// Nil when the rows of either are not in the store.
  init?(_ a: Record, _ b: Record, in store: ArtifactStore) throws(Diagnostic) {
    guard let first = try ComparedRows(a, in: store), let second = try ComparedRows(b, in: store)
    else { return nil }
    let pairs = Self.pairs(first, second)
    let matching = pairs.filter { first.truths[$0] == second.truths[$1] }
    isWhole = matching.count == first.count && matching.count == second.count
    // A few rows may have been corrected; if many differ, the files hold other rows on these lines.
    let isForeign = pairs.count - matching.count > pairs.count / 50
    obstacle =
      matching.isEmpty || isForeign
      ? "the two were scored on other rows, so nothing can be tested" : nil
    self.a = first.rows(at: matching.map(\.0))
    self.b = second.rows(at: matching.map(\.1))
  }

  /// Pairs of places of one row: equal places where the tables have equal rows, else by origin.
  private static func pairs(_ a: ComparedRows, _ b: ComparedRows) -> [(Int, Int)] {
    if a.origins == b.origins { return a.origins.indices.map { ($0, $0) } }
    var places: [RowIdentity: Int] = [:]
    var (identitiesA, identitiesB) = (RowIdentities(), RowIdentities())
    for (place, origin) in a.origins.enumerated() { places[identitiesA.next(origin)] = place }
    return b.origins.enumerated().compactMap { place, origin in
      places[identitiesB.next(origin)].map { ($0, place) }
    }
  }
}
