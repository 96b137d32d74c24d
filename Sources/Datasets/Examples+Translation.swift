import Diagnostics

extension Examples where Batch == TranslationBatch {
  /// Sentence pairs in memory, numbered from 1; every sentence is to end in the end symbol.
  package init(sources: [[Int32]], targets: [[Int32]]) {
    precondition(
      sources.count == targets.count, "\(sources.count) sentences, \(targets.count) translations")
    self.init(
      lengths: [sources, targets].map { $0.map { Int32($0.count) } },
      rowNumbers: sources.indices.map { Int64($0 + 1) }
    ) { rows in
      TranslationBatch(
        source: TokenRows(rows.map { sources[Int($0)] }),
        target: TokenRows(rows.map { targets[Int($0)] }))
    }
  }
}

extension Dataset {
  /// The rows as batches of two columns' ids, to each of which the end symbol is appended.
  package func translation(
    source: Int = 0, target: Int = 1, end: Int32
  ) -> Examples<TranslationBatch> {
    Examples(
      lengths: [source, target].map { lengths[$0].map { $0 + 1 } }, rowNumbers: rowNumbers
    ) { rows throws(Diagnostic) in
      TranslationBatch(
        source: try tokenRows(of: rows, column: source, end: end),
        target: try tokenRows(of: rows, column: target, end: end))
    }
  }

  private func tokenRows(
    of rows: ArraySlice<Int32>, column: Int, end: Int32
  ) throws(Diagnostic) -> TokenRows {
    let padding = columns[column].padding
    return try withIDs(of: column) { ids, offsets in
      var tokens: [Int32] = []
      for row in rows {
        let all = ids.extracting(Int(offsets[Int(row)])..<Int(offsets[Int(row) + 1]))
        for index in realRange(of: all, padding: padding) { tokens.append(all[index]) }
        tokens.append(end)
      }
      return TokenRows(ids: tokens, lengths: rows.map { lengths[column][Int($0)] + 1 })
    }
  }
}
