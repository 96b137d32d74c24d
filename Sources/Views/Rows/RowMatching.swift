import Diagnostics
import Pipelines
import Text

/// The matching of an output's rows to the rows it was made from.
enum RowMatching {
  /// Rows have equal places.
  case same
  /// The places of the rows that stayed, as the stage gives them.
  case kept([Int])
  /// Rows are matched by their origins.
  case byOrigin(OriginMatching)

  /// The places, in the input, of rows of the output; nil for a row that cannot be matched.
  func places(before rows: [Int?]) throws(Diagnostic) -> [Int?] {
    switch self {
    case .same: rows
    case .kept(let kept):
      rows.map { row in row.flatMap { kept.indices.contains($0) ? kept[$0] : nil } }
    case .byOrigin(let matching): try matching.places(before: rows)
    }
  }

  /// The places, in the output, of a row of the input; empty when it was left out.
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

  /// What rows are matched by; of rows of datasets only the line is known.
  private func key(_ row: StoredRows.Row) -> Origin { key(row.origin) }

  private func key(_ origin: Origin) -> Origin {
    before.areNumbered || after.areNumbered ? Origin(line: origin.line) : origin
  }

  /// The places in the input, by the places in the output.
  private func pairs(
    of origins: Set<Origin>
  ) throws(Diagnostic) -> (before: [Int: Int], isIdentity: Bool) {
    let old = try before.rows { _, origin in origins.contains(key(origin)) }
    let new = try after.rows { _, origin in origins.contains(key(origin)) }
    // A choice of as many rows as there are is all of them.
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

  /// The places in the input of the rows of one origin; nil for a row that cannot be matched.
  private func partners(of rows: [StoredRows.Row], among old: [StoredRows.Row]) -> [Int?] {
    if old.count == 1 { return rows.map { _ in old[0].place } }
    if places != .several, old.count == rows.count { return old.map(\.place) }
    // Rows of one line are told apart by their columns; rows of datasets have none.
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
