import Tensors

extension Tape {
  /// `y[r, :] = table[word, :] + positions[padding + 1 + t, :]` for the word at place t of a sentence.
  ///
  /// - Parameters:
  ///   - words: the ids of all sentences, one after the other.
  ///   - padding: the id whose row of the table gets no gradient; positions count from after it.
  package func embed(
    _ words: [Int32], in sentences: Sentences, table: Parameter, positions: Parameter, padding: Int
  ) -> Variable {
    precondition(
      words.count == sentences.wordCount, "\(words.count) words for \(sentences.wordCount) places")
    let result = variable(rows: sentences.rowCount, columns: table.columns)
    sentences.clearGaps(of: result.value)
    var word = 0
    for sentence in 0..<sentences.count {
      for (place, row) in sentences.rows(of: sentence).enumerated() {
        let position = padding + 1 + place
        let id = Int(words[word])
        add(
          self[table][rows: id..<id + 1], self[positions][rows: position..<position + 1],
          scaledBy: 1, into: result.value[rows: row..<row + 1])
        word += 1
      }
    }
    record(gradientOf: result) { tape, dy in
      let tableGradient = tape.gradient(of: table)
      let positionGradient = tape.gradient(of: positions)
      var word = 0
      for sentence in 0..<sentences.count {
        for (place, row) in sentences.rows(of: sentence).enumerated() {
          let position = padding + 1 + place
          let id = Int(words[word])
          let slope = dy[rows: row..<row + 1]
          if id != padding { add(slope, into: tableGradient[rows: id..<id + 1]) }
          add(slope, into: positionGradient[rows: position..<position + 1])
          word += 1
        }
      }
    }
    return result
  }
}
