import Artifacts
import Diagnostics

/// The rows that two evaluations have in common, with what each said of them.
struct PairedRows {
  /// As many of each, row by row.
  let a: EvaluatedRows
  let b: EvaluatedRows
  /// Whether every row of both has its pair.
  let isWhole: Bool
  /// What keeps them from being tested; nil when nothing does.
  let obstacle: String?

  var count: Int { a.count }

  /// Nil when the rows of either are not in the store.
  init?(_ a: Record, _ b: Record, in store: ArtifactStore) throws(Diagnostic) {
    guard let first = try EvaluatedRows(a, in: store), let second = try EvaluatedRows(b, in: store)
    else { return nil }
    let pairs = Self.pairs(first, second)
    let matching = pairs.filter { first.truths[$0] == second.truths[$1] }
    isWhole = matching.count == first.count && matching.count == second.count
    // A row or two may have been corrected; more are other rows on the same lines.
    let isForeign = pairs.count - matching.count > pairs.count / 50
    obstacle =
      matching.isEmpty || isForeign
      ? "the two were scored on other rows, so nothing can be tested" : nil
    self.a = first.rows(at: matching.map(\.0))
    self.b = second.rows(at: matching.map(\.1))
  }

  /// Places that belong together: the same ones where the tables have the same rows, else by origin.
  private static func pairs(_ a: EvaluatedRows, _ b: EvaluatedRows) -> [(Int, Int)] {
    if a.origins == b.origins { return a.origins.indices.map { ($0, $0) } }
    var places: [RowIdentity: Int] = [:]
    var (identitiesA, identitiesB) = (RowIdentities(), RowIdentities())
    for (place, origin) in a.origins.enumerated() { places[identitiesA.next(origin)] = place }
    return b.origins.enumerated().compactMap { place, origin in
      places[identitiesB.next(origin)].map { ($0, place) }
    }
  }
}
