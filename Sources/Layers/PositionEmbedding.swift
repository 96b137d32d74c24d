import Tensors

extension Tape {
  /// `y[(t, r), :] = table[word, :] + positions[padding + 1 + t, :]` for each word of packed rows.
  ///
  /// - Parameters:
  ///   - words: the ids, packed.
  ///   - padding: the id whose row of the table gets no gradient; positions count from after it.
  package func embed(
    _ words: [Int32], packing: Packing, table: Parameter, positions: Parameter, padding: Int
  ) -> Variable {
    precondition(words.count == packing.count, "\(words.count) words for \(packing.count) places")
    let result = lookUp(arena.indices(words), table: table, padding: padding)
    for step in 0..<packing.stepCount {
      let position = padding + 1 + step
      add(
        row: self[positions][rows: position..<position + 1],
        toEachRowOf: result.value[rows: packing.range(ofStep: step)])
    }
    record { tape in
      guard let dy = tape.gradient(of: result) else { return }
      let gradient = tape.gradient(of: positions)
      for step in 0..<packing.stepCount {
        let position = padding + 1 + step
        add(
          rowsOf: dy[rows: packing.range(ofStep: step)],
          into: gradient[rows: position..<position + 1])
      }
    }
    return result
  }
}
