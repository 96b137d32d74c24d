/// Learns byte-pair merges from word counts, byte for byte as subword-nmt 0.3.8 does.
///
/// Sennrich, Haddow, Birch 2016. Each step merges the most frequent pair; of equals, the pair that
/// is greater as two strings. Statistics are updated, not recounted, by the rules of that program,
/// so runs like `aaaa` and the pruning of rare pairs give the same merges.
package struct BPELearner: Sendable {
  /// At most this many merges.
  package var merges = 10_000
  /// Learning stops when no pair is as frequent as this; at least 1.
  package var minimumCount = 2
  /// Whether the number of characters is subtracted from `merges`.
  package var countsCharacters = false

  package init() {}

  package func learn(_ counts: VocabularyCounter) -> Merges {
    learn(counts, unless: { false }) ?? Merges([])
  }

  /// Learns unless it is stopped.
  ///
  /// - Parameter shouldStop: asked before each merge.
  /// - Returns: nil when it was stopped.
  package func learn(_ counts: VocabularyCounter, unless shouldStop: () -> Bool) -> Merges? {
    var words = SegmentedWords(counts)
    var statistics = PairStatistics(words)
    let limit = countsCharacters ? merges - words.characterCount : merges
    var learned: [Merges.Merge] = []
    var threshold = Double(statistics.greatestCount) / 10
    for step in 0..<max(0, limit) {
      if shouldStop() { return nil }
      var best = statistics.best(words.symbols)
      if step > 0, best.map({ Double(statistics.count(of: $0)) < threshold }) ?? true {
        statistics.forget(below: threshold)
        statistics.recall()
        threshold = Double(statistics.greatestCount &* step) / (Double(step) + 10_000)
        statistics.forget(below: threshold)
        statistics.rebuildQueue(words.symbols)
        best = statistics.best(words.symbols)
      }
      guard let pair = best, statistics.count(of: pair) >= max(1, minimumCount) else { break }
      let (left, right) = statistics.symbols(of: pair)
      learned.append(
        Merges.Merge(left: Array(words.symbols[left]), right: Array(words.symbols[right])))
      statistics.merge(pair, in: &words, at: step)
      if step % 100 == 0 { statistics.forget(below: threshold) }
    }
    return Merges(learned)
  }
}
