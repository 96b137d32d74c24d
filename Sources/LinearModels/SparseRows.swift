/// A matrix of which only the entries that are not zero are held, row by row.
package struct SparseRows: Sendable {
  package let columnCount: Int
  /// Where the entries of each row begin, and at last where the last row's end.
  package private(set) var offsets = [0]
  /// The column of each entry, rising within a row.
  package private(set) var columns: [Int32] = []
  package private(set) var values: [Double] = []

  package init(columnCount: Int) { self.columnCount = columnCount }

  package var count: Int { offsets.count - 1 }

  /// - Parameter entries: by rising column.
  package mutating func append(_ entries: [(feature: Int32, value: Double)]) {
    for entry in entries {
      precondition(
        0 <= entry.feature && Int(entry.feature) < columnCount,
        "column \(entry.feature) of \(columnCount)")
      columns.append(entry.feature)
      values.append(entry.value)
    }
    offsets.append(columns.count)
  }

  /// The rows of several matrices, one after the other.
  init(joining parts: [SparseRows], columnCount: Int) {
    self.init(columnCount: columnCount)
    offsets.reserveCapacity(parts.reduce(1) { $0 + $1.count })
    columns.reserveCapacity(parts.reduce(0) { $0 + $1.columns.count })
    values.reserveCapacity(columns.capacity)
    for part in parts {
      let start = columns.count
      columns += part.columns
      values += part.values
      offsets += part.offsets.dropFirst().map { start + $0 }
    }
  }

  private init(columnCount: Int, offsets: [Int], columns: [Int32], values: [Double]) {
    self.columnCount = columnCount
    self.offsets = offsets
    self.columns = columns
    self.values = values
  }

  /// How many entries each column has.
  package var columnCounts: [Int] {
    var counts = [Int](repeating: 0, count: columnCount)
    for column in columns { counts[Int(column)] += 1 }
    return counts
  }

  /// The places of a row's entries.
  package func range(ofRow row: Int) -> Range<Int> { offsets[row]..<offsets[row + 1] }

  /// The matrix with rows and columns exchanged.
  package var transposed: SparseRows {
    var starts = [0]
    starts.reserveCapacity(columnCount + 1)
    for count in columnCounts { starts.append(starts[starts.count - 1] + count) }
    var next = starts
    var rows = [Int32](repeating: 0, count: columns.count)
    var moved = [Double](repeating: 0, count: columns.count)
    for row in 0..<count {
      for entry in range(ofRow: row) {
        let place = next[Int(columns[entry])]
        next[Int(columns[entry])] = place + 1
        rows[place] = Int32(row)
        moved[place] = values[entry]
      }
    }
    return SparseRows(columnCount: count, offsets: starts, columns: rows, values: moved)
  }

  /// The matrix without some of its columns; the others keep their numbers.
  func keeping(_ isKept: [Bool]) -> SparseRows {
    var kept = SparseRows(columnCount: columnCount)
    for row in 0..<count {
      for entry in range(ofRow: row) where isKept[Int(columns[entry])] {
        kept.columns.append(columns[entry])
        kept.values.append(values[entry])
      }
      kept.offsets.append(kept.columns.count)
    }
    return kept
  }
}
