import Tensors

extension Tape {
  /// `y[p, :] = table[tokens[r, t], :]` for each step t and row r of a packing.
  ///
  /// - Parameters:
  ///   - tokens: [rows × width] ids below `table.rows`.
  ///   - padding: the id whose row of the table gets no gradient.
  package func embed(
    _ tokens: [Int32], width: Int, packing: Packing, table: Parameter, padding: Int
  ) -> Variable {
    let ids = arena.indices(count: packing.count)
    for step in 0..<packing.stepCount {
      for (place, position) in packing.range(ofStep: step).enumerated() {
        ids[position] = Int(tokens[packing.order[place] * width + step])
      }
    }
    return lookUp(ids, table: table, padding: padding)
  }

  /// `y[n, :] = table[ids[n], :]`; the row of the table for `padding` gets no gradient.
  func lookUp(_ ids: Indices, table: Parameter, padding: Int) -> Variable {
    let result = variable(rows: ids.count, columns: table.columns)
    gather(rows: ids, of: self[table], into: result.value)
    guard learns(table) else { return result }
    record(gradientOf: result) { tape, gradient in
      tape.addGradient(gradient, toRows: ids, of: table, except: padding)
    }
    return result
  }
}
