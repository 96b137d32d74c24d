import Reports

/// The words of a translation and of its reference that the other does not have in its place.
package struct WordDifference {
  /// Words in a row that are all alike or all other.
  package struct Run: Equatable {
    package let text: String
    /// Whether the other text does not have these words in their place.
    package let isOther: Bool
  }

  package let translation: [Run]
  package let reference: [Run]

  /// The most words that are compared; the product of both is work and memory.
  private static let mostWords = 400

  package init(_ translation: String, _ reference: String) {
    let (a, b) = (Self.words(translation), Self.words(reference))
    // common[i][j]: the length of the longest common subsequence of what follows i and j.
    var common = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in a.indices.reversed() {
      for j in b.indices.reversed() {
        common[i][j] =
          a[i] == b[j] ? common[i + 1][j + 1] + 1 : max(common[i + 1][j], common[i][j + 1])
      }
    }
    var (i, j) = (0, 0)
    var isKept = (
      [Bool](repeating: false, count: a.count), [Bool](repeating: false, count: b.count)
    )
    while i < a.count, j < b.count {
      if a[i] == b[j] {
        (isKept.0[i], isKept.1[j]) = (true, true)
        (i, j) = (i + 1, j + 1)
      } else if common[i + 1][j] >= common[i][j + 1] {
        i += 1
      } else {
        j += 1
      }
    }
    self.translation = Self.runs(a, isKept.0)
    self.reference = Self.runs(b, isKept.1)
  }

  private static func words(_ text: String) -> [Substring] {
    Array(text.split(separator: " ").prefix(mostWords))
  }

  private static func runs(_ words: [Substring], _ isKept: [Bool]) -> [Run] {
    var runs: [Run] = []
    for (word, isKept) in zip(words, isKept) {
      if let last = runs.last, last.isOther != isKept {
        runs[runs.count - 1] = Run(text: "\(last.text) \(word)", isOther: !isKept)
      } else {
        runs.append(Run(text: String(word), isOther: !isKept))
      }
    }
    return runs
  }

  /// The words with spaces between them, those that differ marked.
  static func markup(of runs: [Run]) -> Markup {
    .pieces(
      runs.enumerated().flatMap { place, run in
        let text = Markup.text(run.text.printable)
        return (place > 0 ? [" "] : []) + [run.isOther ? .tag(.mark, [:], [text]) : text]
      })
  }
}
