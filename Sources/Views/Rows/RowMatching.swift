import Diagnostics
import Pipelines
import Text

/// Which rows of an output are which of those it was made from.
enum RowMatching {
  /// Each is the one in its place.
  case same
  /// The stage tells the places of those that stayed.
  case kept([Int])
  /// Their origins tell.
  case byOrigin(OriginMatching)

  /// Where rows of the output were before; nil for one that cannot be told.
  func places(before rows: [Int?]) throws(Diagnostic) -> [Int?] {
    switch self {
    case .same: rows
    case .kept(let kept):
      rows.map { row in row.flatMap { kept.indices.contains($0) ? kept[$0] : nil } }
    case .byOrigin(let matching): try matching.places(before: rows)
    }
  }

  /// Where a row is in the output; empty when it was left out.
  func places(after row: Int) throws(Diagnostic) -> [Int] {
    switch self {
    case .same: [row]
    case .kept(let kept): kept.firstIndex(of: row).map { [$0] } ?? []
    case .byOrigin(let matching): try matching.places(after: row)
    }
  }
}

/// Rows of two artifacts that belong together because they came from one line of one file.
struct OriginMatching {
  let before: StoredRows
  let after: StoredRows
  let places: RowPlaces

  func places(before rows: [Int?]) throws(Diagnostic) -> [Int?] {
    let wanted = Set(rows.compactMap(\.self))
    let origins = Set(try after.rows { place, _ in wanted.contains(place) }.rows.map(key))
    let pairs = try self.pairs(of: origins)
    return rows.map { $0.flatMap { pairs.isIdentity ? $0 : pairs.before[$0] } }
  }

  func places(after row: Int) throws(Diagnostic) -> [Int] {
    guard let origin = try before.row(row).map(key) else { return [] }
    let pairs = try self.pairs(of: [origin])
    return pairs.isIdentity
      ? [row] : pairs.before.filter { $0.value == row }.map(\.key).sorted()
  }

  /// What tells rows apart: of numbered rows nothing but the line is known.
  private func key(_ row: StoredRows.Row) -> Origin { key(row.origin) }

  private func key(_ origin: Origin) -> Origin {
    before.areNumbered || after.areNumbered ? Origin(line: origin.line) : origin
  }

  /// By the place in the output, the place before.
  private func pairs(
    of origins: Set<Origin>
  ) throws(Diagnostic) -> (before: [Int: Int], isIdentity: Bool) {
    let old = try before.rows { _, origin in origins.contains(key(origin)) }
    let new = try after.rows { _, origin in origins.contains(key(origin)) }
    // A choice of as many rows is all of them.
    guard places == .several || old.count != new.count else { return ([:], true) }
    let oldByOrigin = Dictionary(grouping: old.rows, by: key)
    var before: [Int: Int] = [:]
    for (origin, rows) in Dictionary(grouping: new.rows, by: key) {
      for (row, known) in zip(rows, partners(of: rows, among: oldByOrigin[origin] ?? [])) {
        before[row.place] = known
      }
    }
    return (before, false)
  }

  /// The place before of each of the rows of one origin; nil when it cannot be told.
  private func partners(of rows: [StoredRows.Row], among old: [StoredRows.Row]) -> [Int?] {
    if old.count == 1 { return rows.map { _ in old[0].place } }
    if places != .several, old.count == rows.count { return old.map(\.place) }
    // What a row is translated to differs, so columns tell the n best of a line apart.
    guard !before.areNumbered, !after.areNumbered else { return rows.map { _ in nil } }
    var first = 0
    return rows.map { row in
      guard first < old.count else { return nil }
      let agreements = old[first...].map { $0.agreement(with: row) }
      guard let most = agreements.max(), let place = agreements.firstIndex(of: most) else {
        return nil
      }
      let found = old[first + place].place
      first += places == .several ? place : place + 1
      return found
    }
  }
}
