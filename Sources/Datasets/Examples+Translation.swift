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
  /// The rows whose sentences in two columns both have a length a model can read, in their order.
  ///
  /// - Parameter sentenceLengths: in ids, the end symbol counted.
  package func pairs(
    source: Int = 0, target: Int = 1, sentenceLengths: ClosedRange<Int>
  ) -> [Int32] {
    (0..<Int32(count)).filter { row in
      [source, target].allSatisfy { sentenceLengths.contains(Int(lengths[$0][Int(row)])) }
    }
  }

  /// The pairs of two columns whose sentences both have a length a model can read.
  ///
  /// - Parameter sentenceLengths: in ids, the end symbol counted.
  package func translation(
    source: Int = 0, target: Int = 1, sentenceLengths: ClosedRange<Int>
  ) -> Examples<TranslationBatch> {
    for column in [source, target] {
      precondition(columns[column].end != nil, "sentences of '\(columns[column].name)' do not end")
    }
    let rows = pairs(source: source, target: target, sentenceLengths: sentenceLengths)
    return Examples(
      lengths: [source, target].map { column in rows.map { lengths[column][Int($0)] } },
      rowNumbers: rows.map { rowNumbers[Int($0)] }
    ) { chosen throws(Diagnostic) in
      let chosen = chosen.map { rows[Int($0)] }
      return TranslationBatch(
        source: try tokenRows(of: chosen, column: source),
        target: try tokenRows(of: chosen, column: target))
    }
  }

  private func tokenRows(of rows: [Int32], column: Int) throws(Diagnostic) -> TokenRows {
    let padding = columns[column].padding
    return try withIDs(of: column) { ids, offsets in
      var tokens: [Int32] = []
      for row in rows {
        let all = ids.extracting(Int(offsets[Int(row)])..<Int(offsets[Int(row) + 1]))
        for index in realRange(of: all, padding: padding) { tokens.append(all[index]) }
      }
      return TokenRows(ids: tokens, lengths: rows.map { lengths[column][Int($0)] })
    }
  }
}
