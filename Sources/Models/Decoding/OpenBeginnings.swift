/// All beginnings of a step, those of one sentence after those of another.
struct OpenBeginnings {
  /// The beginnings of one sentence.
  struct Group {
    let sentence: Int
    let rows: Range<Int>
  }

  private(set) var words: [Int32] = []
  /// The row, one step ago, of the beginning that each one continues.
  private(set) var parents: [Int] = []
  /// The sentence of each, and which of its open beginnings it is.
  private(set) var origins: [(sentence: Int, beginning: Int)] = []
  private(set) var groups: [Group] = []

  /// - Parameter firstRows: the first row of each sentence, before: one step ago; after: now.
  init(of searches: [SentenceSearch], firstRows: inout [Int]) {
    for (sentence, search) in searches.enumerated() where !search.open.isEmpty {
      let start = words.count
      for (index, beginning) in search.open.enumerated() {
        words.append(search.lastWord(of: index))
        parents.append(firstRows[sentence] + beginning.parent)
        origins.append((sentence, index))
      }
      groups.append(Group(sentence: sentence, rows: start..<words.count))
      firstRows[sentence] = start
    }
  }
}
