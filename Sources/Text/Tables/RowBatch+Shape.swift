extension RowBatch {
  /// The rows for which `isKept` holds, in order.
  package func filtered(_ isKept: (Int) -> Bool) -> RowBatch {
    var kept = RowBatch(columnCount: columnCount)
    kept.reserve(rows: count, byteCount: bytes.count)
    for row in 0..<count where isKept(row) { kept.append(row: row, of: self) }
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
