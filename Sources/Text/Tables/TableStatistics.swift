/// Statistics of a table's columns, counted while it is read.
package struct TableStatistics: Hashable, Sendable {
  /// The statistics of one column.
  package struct Column: Hashable, Sendable {
    package let name: String
    /// How many fields hold nothing but white space.
    package fileprivate(set) var emptyCount = 0
    /// Words between white space.
    package fileprivate(set) var words = LengthHistogram()
    /// Unicode scalars.
    package fileprivate(set) var characters = LengthHistogram()
    /// How often each text occurs; nil once there were more than 1,000 different ones.
    package fileprivate(set) var values: [String: Int]? = [:]
  }

  package private(set) var rowCount = 0
  package private(set) var columns: [Column]

  package init(columns: [String]) { self.columns = columns.map { Column(name: $0) } }

  package mutating func add(_ batch: RowBatch) {
    precondition(
      batch.columnCount == columns.count, "\(batch.columnCount) columns, not \(columns.count)")
    rowCount += batch.count
    for row in 0..<batch.count {
      for column in columns.indices { columns[column].add(batch, row, column) }
    }
  }
}

extension TableStatistics.Column {
  fileprivate mutating func add(_ batch: RowBatch, _ row: Int, _ column: Int) {
    let wordCount = wordCount(batch.bytes.span.extracting(batch.range(row, column)))
    if wordCount == 0 { emptyCount += 1 }
    words.add(wordCount)
    characters.add(scalarCount(in: batch.bytes.span.extracting(batch.range(row, column))))
    guard values != nil else { return }
    values?[batch.text(row, column), default: 0] += 1
    if let count = values?.count, count > 1000 { values = nil }
  }
}
