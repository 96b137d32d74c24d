/// The pairs of sentences that are kept, by the rules of Moses' clean-corpus-n.perl.
///
/// In both texts `|` is removed and white space collapsed; then each must have between
/// `minimumWords` and `maximumWords` words, neither may have more than `ratio` times as many as the
/// other, and no word may be longer than `maximumWordLength` characters.
package struct PairLimits: Hashable, Sendable {
  package let firstColumn: Int
  package let secondColumn: Int
  package var minimumWords = 1
  package var maximumWords = 80
  package var ratio = 9.0
  package var maximumWordLength = 1000

  package init(_ first: Int, _ second: Int) {
    (firstColumn, secondColumn) = (first, second)
  }

  /// The batch with both texts as Moses writes them, to which the limits apply.
  func rewritten(_ batch: RowBatch) -> RowBatch {
    var rewritten = RowBatch(columnCount: batch.columnCount)
    rewritten.reserve(rows: batch.count, byteCount: batch.bytes.count)
    var clean: [UInt8] = []
    for row in 0..<batch.count {
      for column in 0..<batch.columnCount {
        guard column == firstColumn || column == secondColumn else {
          rewritten.append(batch.bytes.span.extracting(batch.range(row, column)))
          continue
        }
        clean.removeAll(keepingCapacity: true)
        let text = batch.field(row, column).filter { $0 != UInt8(ascii: "|") }
        WhitespaceCollapsing().apply(text, into: &clean)
        rewritten.append(clean.span)
      }
      rewritten.endRow(batch.origins[row])
    }
    return rewritten
  }

  /// Why a row of a rewritten batch is dropped; nil when it is kept.
  func reason(_ row: Int, _ batch: RowBatch) -> DropReason? {
    let texts = [batch.field(row, firstColumn), batch.field(row, secondColumn)]
    if texts.contains(where: \.isEmpty) { return .empty }
    let words = texts.map { $0.count { $0 == UInt8(ascii: " ") } + 1 }
    if words.contains(where: { $0 > maximumWords }) { return .tooLong }
    if words.contains(where: { $0 < minimumWords }) { return .tooShort }
    let (first, second) = (Double(words[0]), Double(words[1]))
    if first / second > ratio || second / first > ratio { return .lengthRatio }
    return texts.contains(where: hasLongWord) ? .longWord : nil
  }

  private func hasLongWord(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count > maximumWordLength else { return false }
    return text.split(separator: UInt8(ascii: " ")).contains { word in
      word.count > maximumWordLength && scalarCount(in: word.span) > maximumWordLength
    }
  }
}
