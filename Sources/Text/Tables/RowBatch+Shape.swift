extension RowBatch {
  /// The rows for which `isKept` holds, in order.
  package func filtered(_ isKept: (Int) -> Bool) -> RowBatch {
    let rows = (0..<count).filter(isKept)
    // Mostly all stay, and nothing has to be copied.
    guard rows.count < count else { return self }
    var kept = RowBatch(columnCount: columnCount)
    kept.reserve(rows: rows.count, byteCount: bytes.count)
    for row in rows { kept.append(row: row, of: self) }
    return kept
  }

  /// Copies one row of another batch of the same width, in one piece.
  package mutating func append(row: Int, of other: RowBatch) {
    precondition(
      columnCount == other.columnCount, "\(other.columnCount) columns, not \(columnCount)")
    let whole =
      other.range(row, 0).lowerBound..<other.range(row, other.columnCount - 1).upperBound
    let shift = bytes.count - whole.lowerBound
    appendRow(
      other.bytes.span.extracting(whole),
      ends: (0..<columnCount).lazy.map { other.range(row, $0).upperBound + shift },
      other.origins[row])
  }
}

extension RowBatch {
  /// The rows of two batches side by side: those of this one, then the columns of the other.
  package func beside(_ other: RowBatch) -> RowBatch {
    precondition(count == other.count, "\(other.count) rows beside \(count)")
    var joined = RowBatch(columnCount: columnCount + other.columnCount)
    joined.reserve(rows: count, byteCount: bytes.count + other.bytes.count)
    for row in 0..<count {
      for column in 0..<columnCount { joined.append(field(row, column)) }
      for column in 0..<other.columnCount { joined.append(other.field(row, column)) }
      joined.endRow(origins[row])
    }
    return joined
  }

  /// Neighbouring rows.
  package func rows(_ rows: Range<Int>) -> RowBatch {
    var part = RowBatch(columnCount: columnCount)
    for row in rows { part.append(row: row, of: self) }
    return part
  }
}
