import Tensors

/// The search for the translations of one sentence.
struct SentenceSearch {
  /// A partial hypothesis with one more word.
  private struct Candidate {
    /// The place in the beam of the hypothesis it extends.
    let parent: Int
    let word: Int32
    /// The log probability of the whole, penalties included.
    let score: Float
  }

  /// A translation so far, which is going to be extended.
  struct PartialHypothesis {
    /// Its last word among `words`; nil before the first.
    let last: Int?
    let score: Float
    /// The place in the beam before of the hypothesis it extends.
    let parent: Int
    /// The number of the sample it belongs to, when words are sampled.
    let draw: Int
  }

  /// A word of a hypothesis, linked to the word before it.
  private struct Word {
    let id: Int32
    let before: Int?
    /// The score of the hypothesis that ends with it.
    let score: Float
    let attention: ArraySlice<Float>
  }

  private let selection: WordSelection
  private var search: BeamSearch { selection.search }
  private var end: Int32 { Int32(selection.end) }
  /// Numbers the sentence's stream of random numbers.
  private let number: Int
  /// The words every translation begins with.
  private let prefix: [Int32]
  /// Words before the end symbol, at most.
  private let maximumLength: Int
  /// The hypotheses to be extended, best first.
  private(set) var beam: [PartialHypothesis]
  private var finished: [Hypothesis] = []
  private var words: [Word] = []

  init(_ sentence: SourceSentence, _ selection: WordSelection, maximumLength: Int) {
    self.selection = selection
    self.maximumLength = maximumLength
    number = sentence.number
    prefix = Array(sentence.prefix.prefix { $0 != selection.end })
    let draws = selection.search.sampling == nil ? 1 : selection.search.width
    beam = (0..<draws).map { PartialHypothesis(last: nil, score: 0, parent: 0, draw: $0) }
  }

  /// The word the decoder reads next for a hypothesis of the beam: the end symbol before the first.
  func lastWord(of hypothesis: Int) -> Int32 { beam[hypothesis].last.map { words[$0].id } ?? end }

  /// The words that may extend a hypothesis of the beam, with their log probabilities.
  ///
  /// - Parameters:
  ///   - place: how many words the hypothesis has.
  ///   - scores: [rows, words], changed by this.
  ///   - row: the hypothesis's row of `scores`.
  ///   - total: a word's score less this is its log probability.
  func continuations(
    of hypothesis: Int, at place: Int, scores: Tensor, row: Int, lessTotal total: Float
  ) -> [ColumnValue] {
    let constraint = constraint(on: beam[hypothesis], at: place)
    guard let sampling = search.sampling else {
      return selection.best(of: scores, row: row, lessTotal: total, constraint)
    }
    let chance = sampling.chance(sentence: number, draw: beam[hypothesis].draw, place: place)
    return [
      selection.sample(
        from: scores, row: row, lessTotal: total, constraint, by: sampling, chance: chance)
    ]
  }

  /// Extends the hypotheses of the beam by one word.
  ///
  /// - Parameters:
  ///   - continuations: what `continuations` gave for each hypothesis of the beam.
  ///   - attention: [hypotheses × source words] each one's attention to the source for its next word.
  mutating func advance(_ continuations: ArraySlice<[ColumnValue]>, attention: [Float]) {
    let width = attention.count / beam.count
    var next: [PartialHypothesis] = []
    for (rank, candidate) in candidates(continuations).enumerated() {
      let isEnd = candidate.word == end
      guard isEnd ? rank < search.width : next.count < search.width else { continue }
      let parent = beam[candidate.parent]
      words.append(
        Word(
          id: candidate.word, before: parent.last, score: candidate.score,
          attention: attention[candidate.parent * width..<(candidate.parent + 1) * width]))
      if isEnd {
        finish(hypothesis(endingAt: words.count - 1))
      } else {
        next.append(
          PartialHypothesis(
            last: words.count - 1, score: candidate.score, parent: candidate.parent,
            draw: parent.draw))
      }
    }
    beam = isDone(before: next) ? [] : next
  }

  /// The extensions that are looked at: the best few, best first, or one for each sample.
  private func candidates(_ continuations: ArraySlice<[ColumnValue]>) -> [Candidate] {
    let limit = 2 * search.width
    var best: [Candidate] = []
    best.reserveCapacity(limit + 1)
    for (parent, words) in zip(beam.indices, continuations) {
      for word in words {
        let candidate = Candidate(
          parent: parent, word: Int32(word.column), score: beam[parent].score + word.value)
        var place = best.count
        if search.sampling == nil {
          while place > 0, Self.precedes(candidate, best[place - 1]) { place -= 1 }
        }
        guard place < limit else { continue }
        best.insert(candidate, at: place)
        if best.count > limit { best.removeLast() }
      }
    }
    return best
  }

  /// The finished translations, best first.
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

  /// What may extend a hypothesis of `place` words.
  private func constraint(on hypothesis: PartialHypothesis, at place: Int) -> WordConstraint {
    if place >= maximumLength { return .forced(end) }
    if place < prefix.count { return .forced(prefix[place]) }
    var constraint: WordConstraint = place < search.minimumLength ? .noEnd : .none
    if search.noRepeatNGram > 0 { constraint.banned = repetitions(after: hypothesis) }
    return constraint
  }

  /// Whether there are enough translations, and no better one can still be found.
  private func isDone(before next: [PartialHypothesis]) -> Bool {
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

  /// The places in `words` of a hypothesis's words, in the order of the text.
  private func trail(to last: Int?) -> [Int] {
    var trail: [Int] = []
    var index = last
    while let place = index {
      trail.append(place)
      index = words[place].before
    }
    return trail.reversed()
  }

  /// The words that would complete an n-gram that the hypothesis already has.
  private func repetitions(after hypothesis: PartialHypothesis) -> [Int32] {
    let ids = trail(to: hypothesis.last).map { words[$0].id }
    let length = search.noRepeatNGram
    guard ids.count >= length else { return [] }
    let tail = ids.suffix(length - 1)
    return (0...ids.count - length).compactMap { start in
      ids[start..<start + length - 1].elementsEqual(tail) ? ids[start + length - 1] : nil
    }
  }

  /// The order of candidates; equal scores are ordered too, so it does not depend on the batch.
  private static func precedes(_ a: Candidate, _ b: Candidate) -> Bool {
    if a.score != b.score { return a.score > b.score }
    return (a.parent, a.word) < (b.parent, b.word)
  }
}
