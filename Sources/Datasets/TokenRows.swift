/// Rows of token ids of any lengths, one after the other, with nothing between.
package struct TokenRows: Hashable, Sendable {
  package let ids: [Int32]
  /// The ids of each row, at least 1.
  package let lengths: [Int32]

  package init(ids: [Int32], lengths: [Int32]) {
    let count = lengths.reduce(0) { $0 + Int($1) }
    precondition(ids.count == count, "\(ids.count) ids in rows of \(count)")
    precondition(lengths.allSatisfy { $0 > 0 }, "a row without ids")
    self.ids = ids
    self.lengths = lengths
  }

  package init(_ rows: [[Int32]]) {
    self.init(ids: Array(rows.joined()), lengths: rows.map { Int32($0.count) })
  }

  package var count: Int { lengths.count }

  /// Each row by itself.
  package var rows: [[Int32]] {
    var start = 0
    return lengths.map { length in
      defer { start += Int(length) }
      return Array(ids[start..<start + Int(length)])
    }
  }

  /// Neighbouring rows.
  package subscript(rows: Range<Int>) -> TokenRows {
    let start = lengths[..<rows.lowerBound].reduce(0) { $0 + Int($1) }
    let part = lengths[rows]
    let end = part.reduce(start) { $0 + Int($1) }
    return TokenRows(ids: Array(ids[start..<end]), lengths: Array(part))
  }

  /// Each row with its last id moved to its front: what a decoder has read before each of its words.
  package var shifted: TokenRows {
    var shifted = ids
    var start = 0
    for length in lengths {
      let end = start + Int(length)
      shifted[start] = ids[end - 1]
      for i in start..<end - 1 { shifted[i + 1] = ids[i] }
      start = end
    }
    return TokenRows(ids: shifted, lengths: lengths)
  }
}
