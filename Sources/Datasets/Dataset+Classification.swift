import Diagnostics

extension Dataset {
  /// The rows as batches of one column's ids with their labels.
  ///
  /// Every batch is filled up to its longest row; a row without tokens is one padding. Rows of a
  /// dataset without classes are labelled 0.
  package func classification(column: Int = 0) -> Examples<ClassificationBatch> {
    let known = lengths[column]
    let lengths = known.contains(0) ? known.map { max(1, $0) } : known
    return Examples(lengths: [lengths], number: number) { rows throws(Diagnostic) in
      let width = rows.reduce(1) { max($0, Int(lengths[Int($1)])) }
      return ClassificationBatch(
        tokens: try paddedIDs(of: rows, column: column, width: width), width: width,
        lengths: rows.map { lengths[Int($0)] },
        labels: rows.map { labels.isEmpty ? 0 : labels[Int($0)] },
        features: try features(ofRows: rows))
    }
  }

  /// [rows × width] the real ids of each row, then padding.
  private func paddedIDs(
    of rows: ArraySlice<Int32>, column: Int, width: Int
  ) throws(Diagnostic) -> [Int32] {
    let padding = columns[column].padding
    var tokens = [Int32](repeating: padding, count: rows.count * width)
    var place = 0
    for row in rows {
      try withIDs(ofRow: Int(row), column: column) { ids in
        let real = realRange(of: ids, padding: padding)
        for index in real { tokens[place + index - real.lowerBound] = ids[index] }
      }
      place += width
    }
    return tokens
  }
}
