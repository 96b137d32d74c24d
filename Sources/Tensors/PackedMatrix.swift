/// A matrix that many products have on their right, laid out once in the order in which they read it.
///
/// Its sending is unchecked: nobody writes it after it was made.
@safe
package final class PackedMatrix: @unchecked Sendable {
  package let rows: Int
  package let columns: Int
  let panels: [PackedPanel]
  /// Where the panels lie.
  let memory: Tensor

  /// Copies a matrix [k, n], which may be transposed.
  ///
  /// - Parameters:
  ///   - row: [n] what products start from; nil: from zero.
  ///   - arena: where the copy lies; in memory of its own unless given.
  package init(_ matrix: Matrix, startingFrom row: Tensor? = nil, in arena: Arena? = nil) {
    precondition(
      row?.count ?? matrix.columns == matrix.columns,
      "\(row?.count ?? 0) values before \(matrix.columns) columns")
    (rows, columns) = (matrix.rows, matrix.columns)
    let ranges = PackedPanel.ranges(ofColumns: columns)
    memory = (arena ?? Arena(leastBlock: 0)).tensor(
      rows: ranges.reduce(0) { $0 + PackedPanel.width(columns: $1.count) }, columns: rows + 1)
    var place = 0
    panels = ranges.map { [memory] range in
      let width = PackedPanel.width(columns: range.count)
      defer { place += width }
      return PackedPanel(
        matrix, columns: range, startingFrom: row, in: memory[rows: place..<place + width])
    }
  }
}
