import Cores

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

  /// Makes many rows on several cores.
  ///
  /// - Parameter entries: those of a row, by rising column.
  package init(
    count: Int, columnCount: Int, cores: Int,
    entries: @Sendable (_ row: Int) -> [(feature: Int32, value: Double)]
  ) {
    let size = 512
    let parts = mapConcurrently((count + size - 1) / size, cores: cores) { part in
      var rows = SparseRows(columnCount: columnCount)
      for row in part * size..<min(count, (part + 1) * size) { rows.append(entries(row)) }
      return rows
    }
    self.init(joining: parts, columnCount: columnCount)
  }

  /// The rows of several matrices, one after the other.
  private init(joining parts: [SparseRows], columnCount: Int) {
    self.init(columnCount: columnCount)
    reserve(
      rows: parts.reduce(0) { $0 + $1.count }, entries: parts.reduce(0) { $0 + $1.columns.count })
    for part in parts { append(part) }
  }

  /// Makes room for what is to come.
  package mutating func reserve(rows: Int, entries: Int) {
    offsets.reserveCapacity(rows + 1)
    columns.reserveCapacity(entries)
    values.reserveCapacity(entries)
  }

  /// Adds the rows of another matrix.
  package mutating func append(_ rows: SparseRows) {
    precondition(rows.columnCount == columnCount, "\(rows.columnCount) columns, not \(columnCount)")
    let start = columns.count
    columns += rows.columns
    values += rows.values
    offsets += rows.offsets.dropFirst().lazy.map { start + $0 }
  }

  private init(columnCount: Int, offsets: [Int], columns: [Int32], values: [Double]) {
    self.columnCount = columnCount
    self.offsets = offsets
    self.columns = columns
    self.values = values
  }

  /// What so many entries take in memory.
  static func byteCount(ofEntries count: Int) -> Int {
    count * (MemoryLayout<Int32>.stride + MemoryLayout<Double>.stride)
  }

  /// How many entries each column has.
  package var columnCounts: [Int] {
    var counts = [Int](repeating: 0, count: columnCount)
    for column in columns { counts[Int(column)] += 1 }
    return counts
  }

  /// The places of a row's entries.
  package func range(ofRow row: Int) -> Range<Int> { offsets[row]..<offsets[row + 1] }

  func entries(ofRow row: Int) -> [(feature: Int32, value: Double)] {
    range(ofRow: row).map { (columns[$0], values[$0]) }
  }

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

  /// The matrix without some of its columns; the others are numbered anew, in their order.
  func keeping(_ isKept: [Bool]) -> SparseRows {
    var numbers: [Int32] = []
    numbers.reserveCapacity(columnCount)
    var next: Int32 = 0
    for isKept in isKept {
      numbers.append(isKept ? next : -1)
      if isKept { next += 1 }
    }
    var kept = SparseRows(columnCount: Int(next))
    for row in 0..<count {
      for entry in range(ofRow: row) where numbers[Int(columns[entry])] >= 0 {
        kept.columns.append(numbers[Int(columns[entry])])
        kept.values.append(values[entry])
      }
      kept.offsets.append(kept.columns.count)
    }
    return kept
  }

  /// The columns of another matrix behind those of this one.
  func beside(_ other: SparseRows) -> SparseRows {
    precondition(count == other.count, "\(other.count) rows beside \(count)")
    var both = SparseRows(columnCount: columnCount + other.columnCount)
    both.columns.reserveCapacity(columns.count + other.columns.count)
    both.values.reserveCapacity(both.columns.capacity)
    for row in 0..<count {
      both.columns += columns[range(ofRow: row)]
      both.values += values[range(ofRow: row)]
      both.columns += other.columns[other.range(ofRow: row)].map { Int32(columnCount) + $0 }
      both.values += other.values[other.range(ofRow: row)]
      both.offsets.append(both.columns.count)
    }
    return both
  }

  /// The products of every two rows that have a column in common.
  func timesTransposed(cores: Int) -> SparseRows {
    let transposed = transposed
    return SparseRows(count: count, columnCount: count, cores: cores) { row in
      var found: [(feature: Int32, value: Double)] = []
      for (column, value) in entries(ofRow: row) {
        for (other, otherValue) in transposed.entries(ofRow: Int(column)) {
          found.append((other, value * otherValue))
        }
      }
      // A stable sort: sums are taken in the order of the columns.
      found.sort { $0.feature < $1.feature }
      return found.reduce(into: []) { row, next in
        if row.last?.feature == next.feature {
          row[row.count - 1].value += next.value
        } else {
          row.append(next)
        }
      }
    }
  }
}
