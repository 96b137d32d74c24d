extension Examples where Batch == ClassificationBatch {
  /// Rows in memory, numbered from 1; a row without ids is one padding.
  ///
  /// - Parameter labels: the class of each row; empty when it is not known, and then 0.
  package init(rows: [[Int32]], labels: [Int32] = [], padding: Int32) {
    precondition(
      labels.isEmpty || labels.count == rows.count, "\(labels.count) labels of \(rows.count) rows")
    let lengths = rows.map { Int32(max(1, $0.count)) }
    self.init(lengths: [lengths], number: { Int64($0 + 1) }) { chosen in
      let width = chosen.reduce(1) { max($0, Int(lengths[Int($1)])) }
      var tokens = [Int32](repeating: padding, count: chosen.count * width)
      for (place, row) in chosen.enumerated() {
        for (step, id) in rows[Int(row)].enumerated() { tokens[place * width + step] = id }
      }
      return ClassificationBatch(
        tokens: tokens, width: width, lengths: chosen.map { lengths[Int($0)] },
        labels: chosen.map { labels.isEmpty ? 0 : labels[Int($0)] })
    }
  }
}
