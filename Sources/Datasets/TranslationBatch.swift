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
    // A target word's loss is over the whole vocabulary, so it costs about as much as two of the source.
    let costs = zip(source.lengths, target.lengths).map { Int($0 + 2 * $1) }
    let rows = shardRows(index, of: count, costs: costs)
    return TranslationBatch(source: source[rows], target: target[rows])
  }
}
