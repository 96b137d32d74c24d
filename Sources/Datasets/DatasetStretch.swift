/// Rows of a dataset that lie together.
package struct DatasetStretch: Hashable, Sendable {
  package let rows: Range<Int>
  /// Of each column, which of the ids of all rows are theirs.
  package let ids: [Range<Int>]

  /// Where rows come to lie behind others.
  ///
  /// - Parameters:
  ///   - count: how many rows there are before them.
  ///   - idCounts: how many ids those have in each column.
  package init(_ added: DatasetRows, behind count: Int, ids idCounts: [Int]) {
    rows = count..<count + added.count
    ids = zip(idCounts, added.columns).map { $0..<$0 + $1.ids.count }
  }

  private init(rows: Range<Int>, ids: [Range<Int>]) {
    self.rows = rows
    self.ids = ids
  }

  /// The rows together with those that follow them.
  package func joined(with next: DatasetStretch) -> DatasetStretch {
    precondition(
      next.rows.lowerBound == rows.upperBound, "rows \(next.rows) do not follow rows \(rows)")
    return DatasetStretch(
      rows: rows.lowerBound..<next.rows.upperBound,
      ids: zip(ids, next.ids).map { $0.lowerBound..<$1.upperBound })
  }
}

/// Where the tensors of a dataset begin in its file.
package struct DatasetPlaces: Sendable {
  private let columns: [(ids: Int, offsets: Int)]
  private let labels: Int?
  private let numbers: Int

  /// - Parameter starts: by the names of the tensors.
  init(starts: [String: Int], columns: [TokenColumn], hasLabels: Bool) {
    func start(_ name: String) -> Int {
      guard let start = starts[name] else { preconditionFailure("no tensor '\(name)'") }
      return start
    }
    self.columns = columns.map { (start($0.idsName), start($0.offsetsName)) }
    labels = hasLabels ? start("labels") : nil
    numbers = start("rows")
  }

  /// The bytes of the file that hold the rows, in the order of `forEachBytes`.
  package func ranges(of stretch: DatasetStretch) -> [Range<Int>] {
    let rows = stretch.rows
    var ranges: [Range<Int>] = []
    for (column, ids) in zip(columns, stretch.ids) {
      ranges.append(column.ids + 4 * ids.lowerBound..<column.ids + 4 * ids.upperBound)
      ranges.append(
        column.offsets + 8 * rows.lowerBound..<column.offsets + 8 * (rows.upperBound + 1))
    }
    if let labels { ranges.append(labels + 4 * rows.lowerBound..<labels + 4 * rows.upperBound) }
    ranges.append(numbers + 8 * rows.lowerBound..<numbers + 8 * rows.upperBound)
    return ranges
  }
}
