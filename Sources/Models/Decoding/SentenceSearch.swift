import Tensors

/// The search for the translations of one sentence.
struct SentenceSearch {
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
    /// Which of the sentence's draws it is, when words are drawn.
    let draw: Int
  }

  /// A word of some beginning, and the one before it.
  private struct Word {
    let id: Int32
    let before: Int?
    /// The score of the beginning that ends with it.
    let score: Float
    let attention: [Float]
  }

  private let choice: NextWords
  private var search: BeamSearch { choice.search }
  private var end: Int32 { Int32(choice.end) }
  /// Which random numbers are the sentence's own.
  private let number: Int
  /// The words every translation begins with.
  private let prefix: [Int32]
  /// Words before the end symbol, at most.
  private let maximumLength: Int
  private(set) var open: [Beginning]
  private var finished: [Hypothesis] = []
  private var words: [Word] = []

  init(_ sentence: SourceSentence, _ choice: NextWords, maximumLength: Int) {
    self.choice = choice
    self.maximumLength = maximumLength
    number = sentence.number
    prefix = Array(sentence.prefix.prefix { $0 != choice.end })
    let draws = choice.search.sampling == nil ? 1 : choice.search.width
    open = (0..<draws).map { Beginning(last: nil, score: 0, parent: 0, draw: $0) }
  }

  /// The word the decoder reads next for an open beginning: the end symbol before the first.
  func lastWord(of beginning: Int) -> Int32 { open[beginning].last.map { words[$0].id } ?? end }

  /// How to go on with an open beginning of so many words: the words with their log probabilities.
  ///
  /// - Parameters:
  ///   - scores: [rows, words], changed by this.
  ///   - row: the beginning's.
  ///   - total: what makes a score a log probability when it is taken from it.
  func continuations(
    of beginning: Int, at place: Int, scores: Tensor, row: Int, lessTotal total: Float
  ) -> [ColumnValue] {
    let allowance = allowance(of: open[beginning], at: place)
    guard let sampling = search.sampling else {
      return choice.best(of: scores, row: row, lessTotal: total, allowance)
    }
    let chance = sampling.chance(sentence: number, draw: open[beginning].draw, place: place)
    return [
      choice.drawn(
        from: scores, row: row, lessTotal: total, allowance, by: sampling, chance: chance)
    ]
  }

  /// Goes on by one word.
  ///
  /// - Parameters:
  ///   - continuations: what `continuations` gave for each open beginning.
  ///   - attention: what each beginning looks at for its next word.
  mutating func advance(_ continuations: ArraySlice<[ColumnValue]>, attention: [[Float]]) {
    var candidates = zip(open.indices, continuations).flatMap { parent, words in
      words.map { word in
        Candidate(
          parent: parent, word: Int32(word.column), score: open[parent].score + word.value)
      }
    }
    if search.sampling == nil { candidates.sort(by: Self.precedes) }
    var next: [Beginning] = []
    for (rank, candidate) in candidates.prefix(2 * search.width).enumerated() {
      let isEnd = candidate.word == end
      guard isEnd ? rank < search.width : next.count < search.width else { continue }
      let parent = open[candidate.parent]
      words.append(
        Word(
          id: candidate.word, before: parent.last, score: candidate.score,
          attention: attention[candidate.parent]))
      if isEnd {
        finish(hypothesis(endingAt: words.count - 1))
      } else {
        next.append(
          Beginning(
            last: words.count - 1, score: candidate.score, parent: candidate.parent,
            draw: parent.draw))
      }
    }
    open = isDone(before: next) ? [] : next
  }

  /// The translations, best first.
  var hypotheses: [Hypothesis] {
    finished.enumerated().sorted {
      ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
    }.map(\.element)
  }

  private mutating func finish(_ hypothesis: Hypothesis) {
    if finished.count < search.width {
      finished.append(hypothesis)
    } else if !search.stopsEarly, let worst = worst, finished[worst].score < hypothesis.score {
      finished[worst] = hypothesis
    }
  }

  private var worst: Int? { finished.indices.min { finished[$0].score < finished[$1].score } }

  /// What may follow a beginning of so many words.
  private func allowance(of beginning: Beginning, at place: Int) -> Allowance {
    if place >= maximumLength { return .only(end) }
    if place < prefix.count { return .only(prefix[place]) }
    var allowance: Allowance = place < search.minimumLength ? .noEnd : .any
    if search.unrepeatedLength > 0 { allowance.banned = repetitions(after: beginning) }
    return allowance
  }

  /// Whether there are enough translations, and none that would be among the best can follow.
  private func isDone(before next: [Beginning]) -> Bool {
    guard finished.count >= search.width, let worst, let best = next.first else {
      return next.isEmpty
    }
    return search.stopsEarly
      || finished[worst].score >= search.score(sum: best.score, length: maximumLength + 1)
  }

  private func hypothesis(endingAt last: Int) -> Hypothesis {
    let trail = trail(to: last).map { words[$0] }
    let sums = trail.map(\.score)
    return Hypothesis(
      words: trail.map(\.id), score: search.score(sum: sums[sums.count - 1], length: sums.count),
      wordScores: sums.indices.map { $0 == 0 ? sums[0] : sums[$0] - sums[$0 - 1] },
      attention: trail.flatMap(\.attention))
  }

  /// The words of a beginning by their places in `words`, the first one first.
  private func trail(to last: Int?) -> [Int] {
    var trail: [Int] = []
    var index = last
    while let place = index {
      trail.append(place)
      index = words[place].before
    }
    return trail.reversed()
  }

  /// The words that would end a run of words that a beginning already has.
  private func repetitions(after beginning: Beginning) -> [Int32] {
    let ids = trail(to: beginning.last).map { words[$0].id }
    let length = search.unrepeatedLength
    guard ids.count >= length else { return [] }
    let tail = ids.suffix(length - 1)
    return (0...ids.count - length).compactMap { start in
      ids[start..<start + length - 1].elementsEqual(tail) ? ids[start + length - 1] : nil
    }
  }

  /// The order of candidates, one and the same for every batch.
  private static func precedes(_ a: Candidate, _ b: Candidate) -> Bool {
    if a.score != b.score { return a.score > b.score }
    return (a.parent, a.word) < (b.parent, b.word)
  }
}
