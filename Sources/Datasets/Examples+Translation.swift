import Diagnostics

extension Examples where Batch == TranslationBatch {
  /// Sentence pairs in memory, numbered from 1; every sentence is to end in the end symbol.
  package init(sources: [[Int32]], targets: [[Int32]]) {
    precondition(
      sources.count == targets.count, "\(sources.count) sentences, \(targets.count) translations")
    self.init(
      lengths: [sources, targets].map { $0.map { Int32($0.count) } },
      number: { Int64($0 + 1) }
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
      arePairs(source, target, Int(row), sentenceLengths)
    }
  }

  /// Whether the sentences of a row both have a length in range.
  private func arePairs(
    _ source: Int, _ target: Int, _ row: Int, _ sentenceLengths: ClosedRange<Int>
  ) -> Bool {
    sentenceLengths.contains(Int(lengths[source][row]))
      && sentenceLengths.contains(Int(lengths[target][row]))
  }

  /// The pairs of two columns whose sentences both have a length a model can read.
  ///
  /// Where some have not, memory is 12 bytes a pair.
  ///
  /// - Parameter sentenceLengths: in ids, the end symbol counted.
  package func translation(
    source: Int = 0, target: Int = 1, sentenceLengths: ClosedRange<Int>
  ) -> Examples<TranslationBatch> {
    for column in [source, target] {
      precondition(columns[column].end != nil, "sentences of '\(columns[column].name)' do not end")
    }
    let all = Examples(lengths: [lengths[source], lengths[target]], number: number) {
      (rows: ArraySlice<Int32>) throws(Diagnostic) in
      TranslationBatch(
        source: try tokenRows(of: rows, column: source),
        target: try tokenRows(of: rows, column: target))
    }
    let isWhole = (0..<count).allSatisfy { arePairs(source, target, $0, sentenceLengths) }
    return isWhole
      ? all : all.chosen(pairs(source: source, target: target, sentenceLengths: sentenceLengths))
  }

  private func tokenRows(
    of rows: ArraySlice<Int32>, column: Int
  ) throws(Diagnostic) -> TokenRows {
    let padding = columns[column].padding
    var tokens: [Int32] = []
    for row in rows {
      try withIDs(ofRow: Int(row), column: column) { ids in
        for index in realRange(of: ids, padding: padding) { tokens.append(ids[index]) }
      }
    }
    return TokenRows(ids: tokens, lengths: rows.map { lengths[column][Int($0)] })
  }
}
