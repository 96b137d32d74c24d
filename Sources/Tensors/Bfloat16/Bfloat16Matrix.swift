/// A matrix that several products in bfloat16 have on their right, rounded and laid out once.
///
/// Its sending is unchecked: nobody writes it after it was made.
@safe
package final class Bfloat16Matrix: @unchecked Sendable {
  package let rows: Int
  package let columns: Int
  let panels: [Bfloat16Panel]
  /// [n] what products start from; nil: from zero.
  let start: Tensor?
  let memory: Tensor

  /// Copies a matrix [k, n], which may be transposed, into memory of an arena.
  ///
  /// - Parameter scratch: room for what a transposed matrix is rounded in.
  init(
    _ matrix: Matrix, startingFrom row: Tensor? = nil, by rounding: Bfloat16Rounding,
    in arena: Arena, scratch: inout PairRoom
  ) {
    precondition(
      row?.count ?? matrix.columns == matrix.columns,
      "\(row?.count ?? 0) values before \(matrix.columns) columns")
    (rows, columns) = (matrix.rows, matrix.columns)
    start = row.map {
      let start = arena.tensor(rows: 1, columns: $0.count)
      start.copy(from: $0)
      return start
    }
    let depth = (matrix.rows + 1) / 2
    memory = arena.tensor(rows: depth, columns: Bfloat16Panel.stride(columns: columns))
    var place = unsafe UnsafeMutableRawPointer(memory.base).assumingMemoryBound(to: UInt32.self)
    var panels: [Bfloat16Panel] = []
    for column in stride(from: 0, to: columns, by: Bfloat16Panel.width) {
      let range = column..<min(columns, column + Bfloat16Panel.width)
      panels.append(
        unsafe Bfloat16Panel(
          matrix, columns: range, by: rounding, into: place, scratch: &scratch))
      unsafe place += depth * Bfloat16Panel.stride(columns: range.count)
    }
    self.panels = panels
  }

  /// Copies a matrix [k, n], which may be transposed, into memory of its own.
  ///
  /// - Parameter row: [n] what products start from; nil: from zero.
  convenience init(_ matrix: Matrix, startingFrom row: Tensor?) {
    var scratch = PairRoom()
    self.init(
      matrix, startingFrom: row,
      by: Bfloat16Rounding(byInstruction: Bfloat16Tile.isInstruction), in: Arena(leastBlock: 0),
      scratch: &scratch)
  }
}
