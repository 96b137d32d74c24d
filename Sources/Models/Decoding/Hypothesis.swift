/// A translation a search found.
package struct Hypothesis: Hashable, Sendable {
  /// The ids, the end symbol last.
  package let words: [Int32]
  /// The sum of the words' scores, divided by a power of their number: the higher, the better.
  package let score: Float
  /// The log probability of each word, less what the search holds against it.
  package let wordScores: [Float]
  /// [words × source words] how much each word looked at each word of the source.
  package let attention: [Float]

  /// The source word that the word in this place looked at most.
  package func alignment(of place: Int) -> Int { alignment(of: place, among: sourceCount) }

  /// Which of the first source words the word in this place looked at most.
  package func alignment(of place: Int, among count: Int) -> Int {
    let start = place * sourceCount
    let weights = attention[start..<start + min(count, sourceCount)]
    guard let largest = weights.max(), let best = weights.firstIndex(of: largest) else { return 0 }
    return best - start
  }

  /// The words of the source, its end symbol among them.
  private var sourceCount: Int { attention.count / max(1, words.count) }
}
