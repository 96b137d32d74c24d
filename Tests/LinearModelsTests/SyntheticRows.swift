import LinearModels

/// Rows of made-up words, some of which speak for a class; the same for the same numbers.
struct SyntheticRows {
  let tokens: TokenLists
  let labels: [Int32]

  init(count: Int, classCount: Int, words: Int, seed: UInt64 = 1) {
    var state = seed
    func next(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    var tokens = TokenLists()
    var labels: [Int32] = []
    for _ in 0..<count {
      let label = next(below: classCount)
      let length = next(below: 12)
      tokens.append(
        (0..<length).map { _ in
          Int32(next(below: 3) == 0 ? label : classCount + next(below: words))
        })
      labels.append(Int32(label))
    }
    self.tokens = tokens
    self.labels = labels
  }

  func matrix(lengths: ClosedRange<Int> = 1...2, cores: Int = 1) -> SparseRows {
    let vocabulary = NGramVocabulary(of: tokens, .init(lengths: lengths))
    return NGramFeatures.tfidf(
      of: tokens, .vocabulary(vocabulary), isSublinear: true, usesIDF: true, cores: cores
    ).matrix
  }
}
