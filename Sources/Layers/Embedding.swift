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
    lookUp(words(tokens, width: width, packing: packing), table: table, padding: padding)
  }

  /// `ids[p] = tokens[r, t]` for each step t and row r of a packing.
  package func words(_ tokens: [Int32], width: Int, packing: Packing) -> Indices {
    let ids = arena.indices(count: packing.count)
    for step in 0..<packing.stepCount {
      for (place, position) in packing.range(ofStep: step).enumerated() {
        ids[position] = Int(tokens[packing.order[place] * width + step])
      }
    }
    return ids
  }

  /// `y[n, :] = table[ids[n], :]`; the row of the table for `padding` gets no gradient.
  package func lookUp(_ ids: Indices, table: Parameter, padding: Int) -> Variable {
    sumOfRows([(table, ids)], padding: padding)
  }

  /// `y[n, :] = Σ_k tables[k][ids_k[n], :]`: of words, their places and what else is known of them.
  ///
  /// - Parameter padding: the id whose row of the first table gets no gradient.
  package func sumOfRows(
    _ parts: [(table: Parameter, ids: Indices)], padding: Int
  ) -> Variable {
    let (table, ids) = parts[0]
    let result = variable(
      rows: ids.count, columns: table.columns,
      needsGradient: parts.contains { learns($0.table) })
    gather(rows: ids, of: self[table], into: result.value)
    for (table, ids) in parts.dropFirst() {
      gather(rows: ids, of: self[table], into: result.value, adding: true)
    }
    record(gradientOf: result) { tape, dy in
      for (place, (table, ids)) in parts.enumerated() where tape.learns(table) {
        tape.addGradient(dy, toRows: ids, of: table, except: place == 0 ? padding : nil)
      }
    }
    return result
  }
}
