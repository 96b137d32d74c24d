import Tensors

/// Sentences of different lengths, one row for each word, packed (see `Packing`).
package struct Sentences {
  package let packing: Packing
  /// The row of each word, sentence by sentence.
  fileprivate let wordRows: Indices
  /// Where each sentence starts when the words are counted sentence by sentence, and the end.
  private let starts: Indices

  /// The sentences.
  package var count: Int { starts.count - 1 }
  /// The words of all sentences: one row each.
  package var wordCount: Int { wordRows.count }

  /// The numbers of one sentence's words, all words being counted sentence by sentence.
  package func words(of sentence: Int) -> Range<Int> { starts[sentence]..<starts[sentence + 1] }

  /// The rows of one sentence's words.
  package func rows(of sentence: Int) -> Indices { wordRows[words(of: sentence)] }

  /// Values given sentence by sentence, in the order of the packed rows.
  package func packed(_ values: [Int32]) -> [Int32] {
    precondition(values.count == wordCount, "\(values.count) values for \(wordCount) words")
    var packed = [Int32](repeating: 0, count: values.count)
    for (word, value) in values.enumerated() { packed[wordRows[word]] = value }
    return packed
  }

  fileprivate init(packing: Packing, wordRows: Indices, starts: Indices) {
    self.packing = packing
    self.wordRows = wordRows
    self.starts = starts
  }
}

extension Tape {
  /// Rows for sentences of these lengths.
  package func sentences(lengths: [Int32]) -> Sentences {
    let packing = pack(lengths: lengths)
    let starts = arena.indices(count: lengths.count + 1)
    let wordRows = arena.indices(count: packing.count)
    starts[0] = 0
    for (sentence, length) in lengths.enumerated() {
      starts[sentence + 1] = starts[sentence] + Int(length)
    }
    for step in 0..<packing.stepCount {
      for (place, position) in packing.range(ofStep: step).enumerated() {
        wordRows[starts[packing.order[place]] + step] = position
      }
    }
    return Sentences(packing: packing, wordRows: wordRows, starts: starts)
  }

  /// The rows of x in another order: sentence by sentence.
  package func unpack(_ x: Variable, _ sentences: Sentences) -> Variable {
    let rows = sentences.wordRows
    let result = variable(rows: x.rows, columns: x.columns)
    gather(rows: rows, of: x.value, into: result.value)
    record(gradientOf: result) { tape, dy in
      let (dx, adds) = tape.incomingGradient(of: x)
      scatter(dy, intoRows: rows, of: dx, adding: adds)
    }
    return result
  }
}
