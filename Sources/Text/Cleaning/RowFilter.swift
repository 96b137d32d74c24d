/// Drops rows by their texts, batch after batch in the order of the input.
///
/// The limits on single columns come first, then the pair limits, then duplicates of kept rows.
package struct RowFilter: Sendable {
  /// Which rows stay.
  package struct Options: Hashable, Sendable {
    /// The columns that `dropsEmpty`, `minimumWords` and `maximumWords` look at: each must pass.
    package var columns: [Int] = []
    /// Whether rows with a text of only white space and invisible characters are dropped.
    package var dropsEmpty = false
    /// The fewest words of a text; words are separated by Unicode white space.
    package var minimumWords: Int?
    package var maximumWords: Int?
    package var pair: PairLimits?
    /// Of rows that agree in all these columns only the first is kept; empty: rows are not compared.
    package var duplicateColumns: [Int] = []

    package init() {}
  }

  package let options: Options
  package private(set) var dropped = DroppedRows()
  /// Up to 19 bytes for each distinct row.
  private var seen = FingerprintTable()

  package init(_ options: Options) { self.options = options }

  /// The rows of a batch that stay.
  package mutating func filter(_ batch: RowBatch) -> RowBatch {
    let batch = options.pair?.rewritten(batch) ?? batch
    return batch.filtered { row in
      guard let reason = reason(row, batch) else { return true }
      dropped.add(row, of: batch, reason)
      return false
    }
  }

  /// What was dropped since this was last asked.
  package mutating func takeDropped() -> DroppedRows {
    defer { dropped = DroppedRows() }
    return dropped
  }

  private mutating func reason(_ row: Int, _ batch: RowBatch) -> DropReason? {
    for column in options.columns {
      let text = batch.bytes.span.extracting(batch.range(row, column))
      if let reason = options.reason(text) { return reason }
    }
    if let reason = options.pair?.reason(row, batch) { return reason }
    guard !options.duplicateColumns.isEmpty else { return nil }
    var print = Fingerprint()
    for column in options.duplicateColumns {
      print.add(batch.bytes.span.extracting(batch.range(row, column)))
    }
    return seen.insert(print, number: 0) == nil ? nil : .duplicate
  }
}

extension RowFilter.Options {
  /// Whether a row stays, as far as the text of one of its columns tells.
  package func keeps(_ text: Span<UInt8>) -> Bool { reason(text) == nil }

  /// Why a row with this text is dropped; nil when the text is no reason.
  fileprivate func reason(_ text: Span<UInt8>) -> DropReason? {
    if dropsEmpty, text.isBlank { return .empty }
    guard minimumWords != nil || maximumWords != nil else { return nil }
    let count = wordCount(text)
    if let least = minimumWords, count < least { return .tooShort }
    if let most = maximumWords, count > most { return .tooLong }
    return nil
  }
}

/// The number of words, which Unicode white space separates.
package func wordCount(_ text: Span<UInt8>) -> Int {
  var count = 0
  var isInWord = false
  var index = 0
  while index < text.count {
    let byte = text[index]
    let isSpace: Bool
    if byte < 0x80 {
      isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
      index += 1
    } else {
      isSpace = nextScalar(text, &index).isWhiteSpace
    }
    if !isSpace, !isInWord { count += 1 }
    isInWord = !isSpace
  }
  return count
}
