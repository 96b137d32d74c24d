extension RowBatch {
  /// The rows for which `isKept` holds, in order.
  package func filtered(_ isKept: (Int) -> Bool) -> RowBatch {
    var kept = RowBatch(columnCount: columnCount)
    kept.reserve(rows: count, byteCount: bytes.count)
    for row in 0..<count where isKept(row) { kept.append(row: row, of: self) }
    return kept
  }

  /// One batch for each of `parts`, where `part` names the part of a row or nil for none.
  package func split(parts: Int, _ part: (Int) -> Int?) -> [RowBatch] {
    var batches = [RowBatch](repeating: RowBatch(columnCount: columnCount), count: parts)
    for row in 0..<count {
      if let part = part(row) { batches[part].append(row: row, of: self) }
    }
    return batches
  }

  /// The given columns, in the order given; a column may be given twice.
  package func selecting(_ columns: [Int]) -> RowBatch {
    if columns == Array(0..<columnCount) { return self }
    var selected = RowBatch(columnCount: columns.count)
    selected.reserve(rows: count, byteCount: bytes.count)
    for row in 0..<count {
      for column in columns { selected.append(bytes.span.extracting(range(row, column))) }
      selected.endRow(origins[row])
    }
    return selected
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
