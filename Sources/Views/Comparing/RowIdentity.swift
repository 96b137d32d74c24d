import Text

/// What makes rows of two tables one row: where it came from and, of several from one line, which.
struct RowIdentity: Hashable {
  let origin: Origin
  /// Counted from 0.
  let copy: Int
}

/// Tells the rows of a table from each other, in their order.
struct RowIdentities {
  private var counts: [Origin: Int] = [:]

  /// The identity of the next row.
  mutating func next(_ origin: Origin) -> RowIdentity {
    let copy = counts[origin, default: 0]
    counts[origin] = copy + 1
    return RowIdentity(origin: origin, copy: copy)
  }
}
