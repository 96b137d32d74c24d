/// A finished translation that a search found.
package struct Hypothesis: Hashable, Sendable {
  /// The ids, the end symbol last.
  package let words: [Int32]
  /// The sum of the words' scores, divided by a power of their number: the higher, the better.
  package let score: Float
  /// The log probability of each word, less the penalties of the search.
  package let wordScores: [Float]
  /// [words × source words] the attention of each word to each word of the source.
  package let attention: [Float]

  /// The source word that got most attention from the word at `place`.
  package func alignment(of place: Int) -> Int { alignment(of: place, among: sourceCount) }

  /// Which of the first `count` source words got most attention from the word at `place`.
  package func alignment(of place: Int, among count: Int) -> Int {
    let start = place * sourceCount
    let weights = attention[start..<start + min(count, sourceCount)]
    guard let largest = weights.max(), let best = weights.firstIndex(of: largest) else { return 0 }
    return best - start
  }

  /// The words of the source, its end symbol among them.
  private var sourceCount: Int { attention.count / max(1, words.count) }
}
