import Diagnostics

extension Dataset {
  /// The rows as batches of one column's ids with their labels.
  ///
  /// Every batch is filled up to its longest row; a row without tokens is one padding. Rows of a
  /// dataset without classes are labelled 0.
  package func classification(column: Int = 0) -> Examples<ClassificationBatch> {
    let lengths = lengths[column].map { max(1, $0) }
    return Examples(lengths: [lengths], rowNumbers: rowNumbers) { rows throws(Diagnostic) in
      let width = rows.reduce(1) { max($0, Int(lengths[Int($1)])) }
      return ClassificationBatch(
        tokens: try paddedIDs(of: rows, column: column, width: width), width: width,
        lengths: rows.map { lengths[Int($0)] },
        labels: rows.map { labels.isEmpty ? 0 : labels[Int($0)] },
        features: try features.map { features throws(Diagnostic) in
          try withFeatures { values in
            rows.flatMap { row in
              let start = Int(row) * features.width
              return (start..<start + features.width).map { values[$0] }
            }
          }
        } ?? [])
    }
  }

  /// [rows × width] the real ids of each row, then padding.
  private func paddedIDs(
    of rows: ArraySlice<Int32>, column: Int, width: Int
  ) throws(Diagnostic) -> [Int32] {
    let padding = columns[column].padding
    return try withIDs(of: column) { ids, offsets in
      var tokens = [Int32](repeating: padding, count: rows.count * width)
      var place = 0
      for row in rows {
        let start = Int(offsets[Int(row)])
        let all = ids.extracting(start..<Int(offsets[Int(row) + 1]))
        let real = realRange(of: all, padding: padding)
        for index in real { tokens[place + index - real.lowerBound] = all[index] }
        place += width
      }
      return tokens
    }
  }
}
