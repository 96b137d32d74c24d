import Tensors

/// Rows of words one after the other, so that the words of a window are neighbours.
package struct JoinedRows {
  /// The ids of all words, row after row.
  package let ids: Indices
  /// The words of each row that are not padding.
  let lengths: Indices
  /// Where each row starts, and at the end where the last one stops.
  private let starts: Indices

  /// The rows.
  package var count: Int { lengths.count }

  /// Where the words of a row lie, the padding that it was filled up with included.
  package func words(ofRow row: Int) -> Range<Int> { starts[row]..<starts[row + 1] }

  /// The words of the longest row, with its padding.
  var longest: Int { (0..<count).reduce(0) { max($0, words(ofRow: $1).count) } }

  /// Where the first words of all rows lie.
  package var firsts: Indices { starts[0..<count] }

  fileprivate init(ids: Indices, lengths: Indices, starts: Indices) {
    self.ids = ids
    self.lengths = lengths
    self.starts = starts
  }
}

extension Tape {
  /// Rows of these lengths, the shorter ones filled up with padding to `minimum` words.
  ///
  /// - Parameter tokens: [rows × width] ids.
  package func join(
    _ tokens: [Int32], width: Int, lengths: [Int32], atLeast minimum: Int, padding: Int
  ) -> JoinedRows {
    precondition(
      tokens.count == lengths.count * width, "\(tokens.count) tokens: \(lengths.count) × \(width)")
    let starts = arena.indices(count: lengths.count + 1)
    let real = arena.indices(count: lengths.count)
    starts[0] = 0
    for (row, length) in lengths.enumerated() {
      precondition(0 < length && length <= width, "a row of \(length) words in \(width) places")
      real[row] = Int(length)
      starts[row + 1] = starts[row] + max(Int(length), minimum)
    }
    let ids = arena.indices(count: starts[lengths.count])
    for row in 0..<lengths.count {
      for place in 0..<starts[row + 1] - starts[row] {
        ids[starts[row] + place] =
          place < real[row] ? Int(tokens[row * width + place]) : padding
      }
    }
    return JoinedRows(ids: ids, lengths: real, starts: starts)
  }

  /// Rows without padding.
  ///
  /// - Parameter ids: those of all words, row after row.
  package func join(_ ids: [Int32], lengths: [Int32]) -> JoinedRows {
    let starts = arena.indices(count: lengths.count + 1)
    starts[0] = 0
    for (row, length) in lengths.enumerated() {
      precondition(length > 0, "a row of \(length) words")
      starts[row + 1] = starts[row] + Int(length)
    }
    precondition(
      starts[lengths.count] == ids.count, "\(ids.count) words of \(starts[lengths.count])")
    return JoinedRows(ids: arena.indices(ids), lengths: arena.indices(lengths), starts: starts)
  }

  /// `y[n, :] = table[rows.ids[n], :]`.
  ///
  /// - Parameter padding: the id whose row of the table gets no gradient.
  package func embed(_ rows: JoinedRows, table: Parameter, padding: Int) -> Variable {
    lookUp(rows.ids, table: table, padding: padding)
  }
}
