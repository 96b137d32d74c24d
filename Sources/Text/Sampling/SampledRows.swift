/// Rows taken evenly from a whole file, however long it is, and how many there were.
struct SampledRows {
  /// So many rows tell enough.
  private static let enough = 1000

  private(set) var rows: [[String]] = []
  private(set) var count = 0
  /// Every row of so many is kept.
  private var stride = 1

  mutating func append(_ row: @autoclosure () -> [String]) {
    if count % stride == 0 {
      if rows.count == 2 * Self.enough {
        rows = rows.indices.filter { $0 % 2 == 0 }.map { rows[$0] }
        stride *= 2
      }
      if count % stride == 0 { rows.append(row()) }
    }
    count += 1
  }
}
