import Text

/// The identity of a row, by which tables are matched: its origin, and its number among rows of it.
struct RowIdentity: Hashable {
  let origin: Origin
  /// Counted from 0.
  let copy: Int
}

/// Gives the rows of a table their identities, in their order.
struct RowIdentities {
  private var counts: [Origin: Int] = [:]

  /// The identity of the next row.
  mutating func next(_ origin: Origin) -> RowIdentity {
    let copy = counts[origin, default: 0]
    counts[origin] = copy + 1
    return RowIdentity(origin: origin, copy: copy)
  }
}
