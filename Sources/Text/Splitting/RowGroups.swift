/// Rows joined by the texts they share: union-find over row numbers.
struct RowGroups: Sendable {
  private var parent: [Int32] = []
  /// The first row that had a text.
  private var firstRows = FingerprintTable()

  /// Joins a row, which must be the last one or the one after it, to others with the same text.
  mutating func add(row: Int, _ text: Fingerprint) {
    if row == parent.count { parent.append(Int32(row)) }
    precondition(row == parent.count - 1, "row \(row) after row \(parent.count - 1)")
    guard let first = firstRows.insert(text, number: Int32(row)) else { return }
    let (a, b) = (root(first), root(Int32(row)))
    // The earlier row is the root, so that groups do not depend on how they were joined.
    parent[Int(max(a, b))] = min(a, b)
  }

  /// The first row of the group that a row is in; amortised almost constant time.
  private mutating func root(_ row: Int32) -> Int32 {
    var row = row
    while parent[Int(row)] != row {
      parent[Int(row)] = parent[Int(parent[Int(row)])]
      row = parent[Int(row)]
    }
    return row
  }

  /// Gives back what was needed only for adding rows.
  mutating func close() { firstRows = FingerprintTable() }

  /// The groups of some of the rows, in the order given; no more rows can be added to them.
  func rows(at places: [Int32]) -> RowGroups {
    let roots = resolved().roots
    var firsts: [Int32: Int32] = [:]
    var chosen = RowGroups()
    for (place, row) in places.enumerated() {
      let first = firsts[roots[Int(row)], default: Int32(place)]
      firsts[roots[Int(row)]] = first
      chosen.parent.append(first)
    }
    return chosen
  }

  /// The first row of the group that each row is in, and how many rows that group has.
  func resolved() -> (roots: [Int32], sizes: [Int32]) {
    // A row's parent is an earlier row, or the row itself.
    var roots = parent
    for row in roots.indices { roots[row] = roots[Int(roots[row])] }
    var sizes = [Int32](repeating: 0, count: roots.count)
    for root in roots { sizes[Int(root)] += 1 }
    return (roots, sizes)
  }
}
