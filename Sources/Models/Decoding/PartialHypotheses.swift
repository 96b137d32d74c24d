/// All hypotheses that are extended in a step, those of one sentence after those of another.
struct PartialHypotheses {
  /// The rows of one sentence's hypotheses.
  struct Group {
    let sentence: Int
    let rows: Range<Int>
  }

  /// The last word of each hypothesis.
  private(set) var words: [Int32] = []
  /// Which row of the step before each hypothesis extends.
  private(set) var parents: [Int32] = []
  /// The sentence of each hypothesis, and its place in the sentence's beam.
  private(set) var origins: [(sentence: Int, hypothesis: Int)] = []
  private(set) var groups: [Group] = []

  /// - Parameter firstRows: the first row of each sentence in the step before; set to that of this step.
  init(of searches: [SentenceSearch], firstRows: inout [Int]) {
    for (sentence, search) in searches.enumerated() where !search.beam.isEmpty {
      let start = words.count
      for (index, hypothesis) in search.beam.enumerated() {
        words.append(search.lastWord(of: index))
        parents.append(Int32(firstRows[sentence] + hypothesis.parent))
        origins.append((sentence, index))
      }
      groups.append(Group(sentence: sentence, rows: start..<words.count))
      firstRows[sentence] = start
    }
  }
}
