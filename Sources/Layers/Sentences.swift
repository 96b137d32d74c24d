import Tensors

/// Sentences of different lengths one below the other, with a gap of unused rows between them.
///
/// A convolution reaches over the end of a sentence into the gap only, where it finds zeros, so one
/// product serves all sentences. What other operations leave in the gaps has no meaning; gradients
/// there are zero.
package struct Sentences {
  private let starts: Indices
  private let lengths: Indices
  /// The row of each word, sentence by sentence.
  package let wordRows: Indices
  /// All rows, gaps included.
  package let rowCount: Int
  /// The unused rows between two sentences.
  package let gap: Int

  /// The sentences.
  package var count: Int { starts.count }
  /// The words of all sentences.
  package var wordCount: Int { wordRows.count }

  /// The rows of one sentence.
  package func rows(of sentence: Int) -> Range<Int> {
    starts[sentence]..<starts[sentence] + lengths[sentence]
  }

  /// Sets the rows between the sentences to zero.
  func clearGaps(of tensor: Tensor) {
    precondition(tensor.rows == rowCount, "\(tensor.rows) rows for sentences of \(rowCount)")
    guard gap > 0 else { return }
    for sentence in 0..<max(0, count - 1) {
      let end = rows(of: sentence).upperBound
      tensor[rows: end..<end + gap].fill(0)
    }
  }

  fileprivate init(starts: Indices, lengths: Indices, wordRows: Indices, rowCount: Int, gap: Int) {
    self.starts = starts
    self.lengths = lengths
    self.wordRows = wordRows
    self.rowCount = rowCount
    self.gap = gap
  }
}

extension Tape {
  /// Places for sentences of these lengths.
  package func sentences(lengths: [Int32], gap: Int) -> Sentences {
    precondition(lengths.allSatisfy { $0 > 0 }, "a sentence without words")
    let starts = arena.indices(count: lengths.count)
    let kept = arena.indices(count: lengths.count)
    let wordRows = arena.indices(count: lengths.reduce(0) { $0 + Int($1) })
    var start = starts.values
    var length = kept.values
    var wordRow = wordRows.values
    var row = 0
    var word = 0
    for (sentence, count) in lengths.enumerated() {
      if sentence > 0 { row += gap }
      start[sentence] = Int32(row)
      length[sentence] = count
      for _ in 0..<count {
        wordRow[word] = Int32(row)
        row += 1
        word += 1
      }
    }
    return Sentences(starts: starts, lengths: kept, wordRows: wordRows, rowCount: row, gap: gap)
  }
}
