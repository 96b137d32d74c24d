/// A matrix that several products in bfloat16 have on their right, rounded and laid out once.
@safe
package struct Bfloat16Matrix {
  package let rows: Int
  package let columns: Int
  let panels: [Bfloat16Panel]
  let memory: Tensor

  /// Copies a matrix [k, n], which may be transposed, into memory of an arena.
  ///
  /// - Parameter scratch: room for what a transposed matrix is rounded in.
  init(
    _ matrix: Matrix, by rounding: Bfloat16Rounding, in arena: Arena, scratch: inout PairRoom
  ) {
    (rows, columns) = (matrix.rows, matrix.columns)
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
}
