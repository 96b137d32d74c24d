import Tensors

/// The search for the translations of one sentence.
struct SentenceSearch {
  /// Which words may come next.
  enum Allowance {
    case any
    /// The sentence is too short to end.
    case noEnd
    /// The sentence is too long to go on.
    case endOnly
  }

  /// One way to go on.
  private struct Candidate {
    /// Which of the open beginnings it continues.
    let parent: Int
    let word: Int32
    /// The log probability of the whole, penalties included.
    let score: Float
  }

  /// A beginning that is gone on with.
  struct Beginning {
    /// Its last word among `words`; nil before the first.
    let last: Int?
    let score: Float
    /// Which of the beginnings one word shorter it continues.
    let parent: Int
  }

  /// A word of some beginning, and the one before it.
  private struct Word {
    let id: Int32
    let before: Int?
    /// The score of the beginning that ends with it.
    let score: Float
    let attention: [Float]
  }

  private let search: BeamSearch
  private let end: Int32
  /// Words before the end symbol, at most.
  private let maximumLength: Int
  private(set) var open = [Beginning(last: nil, score: 0, parent: 0)]
  private var finished: [Hypothesis] = []
  private var words: [Word] = []

  init(_ search: BeamSearch, end: Int32, maximumLength: Int) {
    self.search = search
    self.end = end
    self.maximumLength = maximumLength
  }

  /// What may follow so many words.
  func allowance(at place: Int) -> Allowance {
    if place >= maximumLength { return .endOnly }
    return place < search.minimumLength ? .noEnd : .any
  }

  /// The word the decoder reads next for an open beginning: the end symbol before the first.
  func lastWord(of beginning: Int) -> Int32 { open[beginning].last.map { words[$0].id } ?? end }

  /// Goes on by one word.
  ///
  /// - Parameters:
  ///   - continuations: the best 2 · width words after each beginning with their log
  ///     probabilities, or all there are.
  ///   - attention: what each beginning looks at for its next word.
  mutating func advance(_ continuations: ArraySlice<[ColumnValue]>, attention: [[Float]]) {
    let candidates = zip(open.indices, continuations).flatMap { parent, words in
      words.map { word in
        Candidate(
          parent: parent, word: Int32(word.column), score: open[parent].score + word.value)
      }
    }
    let best = candidates.sorted(by: Self.precedes).prefix(2 * search.width)
    var next: [Beginning] = []
    for (rank, candidate) in best.enumerated() {
      let isEnd = candidate.word == end
      guard isEnd ? rank < search.width : next.count < search.width else { continue }
      words.append(
        Word(
          id: candidate.word, before: open[candidate.parent].last, score: candidate.score,
          attention: attention[candidate.parent]))
      if !isEnd {
        next.append(
          Beginning(
            last: words.count - 1, score: candidate.score, parent: candidate.parent))
      } else if finished.count < search.width {
        finished.append(hypothesis(endingAt: words.count - 1))
      }
    }
    open = finished.count < search.width ? next : []
  }

  /// The translations, best first.
  var hypotheses: [Hypothesis] {
    finished.enumerated().sorted {
      ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
    }.map(\.element)
  }

  private func hypothesis(endingAt last: Int) -> Hypothesis {
    var trail: [Word] = []
    var index: Int? = last
    while let place = index {
      trail.append(words[place])
      index = words[place].before
    }
    trail.reverse()
    let sums = trail.map(\.score)
    return Hypothesis(
      words: trail.map(\.id), score: search.score(sum: sums[sums.count - 1], length: sums.count),
      wordScores: sums.indices.map { $0 == 0 ? sums[0] : sums[$0] - sums[$0 - 1] },
      attention: trail.flatMap(\.attention))
  }

  /// The order of candidates, one and the same for every batch.
  private static func precedes(_ a: Candidate, _ b: Candidate) -> Bool {
    if a.score != b.score { return a.score > b.score }
    return (a.parent, a.word) < (b.parent, b.word)
  }
}
