/// Rows for a dataset: of each column the ids of all rows in turn, and where each row's end.
package struct DatasetRows: Sendable {
  struct Column: Sendable {
    var ids: [Int32] = []
    var ends: [Int] = []
  }

  var columns: [Column]
  var numbers: [Int64] = []
  /// One a row, or none where rows have no classes.
  var labels: [Int32] = []

  package init(columnCount: Int) {
    precondition(columnCount > 0, "rows without columns")
    columns = Array(repeating: Column(), count: columnCount)
  }

  package var count: Int { numbers.count }

  /// Adds the ids that `write` appends to a column of the row being built.
  ///
  /// - Returns: which of the column's ids they are.
  @discardableResult
  package mutating func append(
    to column: Int, _ write: (inout [Int32]) -> Void
  ) -> Range<Int> {
    let start = columns[column].ends.last ?? 0
    write(&columns[column].ids)
    columns[column].ends.append(columns[column].ids.count)
    return start..<columns[column].ids.count
  }

  /// The ids of a column, those of all rows in turn.
  package func ids(of column: Int) -> [Int32] { columns[column].ids }

  /// Ends the row whose columns were added.
  ///
  /// - Parameters:
  ///   - number: the number by which a person finds the row in what was loaded.
  ///   - label: the place of its class among the class names; needed when there are any.
  package mutating func endRow(number: Int64, label: Int32? = nil) {
    numbers.append(number)
    if let label { labels.append(label) }
    for column in columns {
      precondition(
        column.ends.count == numbers.count, "\(column.ends.count) rows of ids, not \(numbers.count)"
      )
    }
  }
}
