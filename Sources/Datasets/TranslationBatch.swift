/// Sentences with their translations, every one ending in the end symbol; nothing is padded.
package struct TranslationBatch: Hashable, Sendable {
  package let source: TokenRows
  package let target: TokenRows

  package init(source: TokenRows, target: TokenRows) {
    precondition(
      source.count == target.count, "\(source.count) sentences, \(target.count) translations")
    self.source = source
    self.target = target
  }
}

extension TranslationBatch: Shardable {
  package var rowCount: Int { source.count }

  package func shard(_ index: Int, of count: Int) -> TranslationBatch {
    let rows = shardRows(index, of: count, rowCount: rowCount)
    return TranslationBatch(source: source[rows], target: target[rows])
  }
}
