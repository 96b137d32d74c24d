import Fixtures
import LinearModels
import Testing

/// The numbers of scikit-learn, for every `linear*.json` that is there.
@Suite struct LinearGoldenTests {
  private struct Case: Decodable {
    struct Options: Decodable {
      let ngrams: [Int]
      let sublinear: Bool
      let minimumCount: Int
      let cost: Double

      enum CodingKeys: String, CodingKey {
        case ngrams, sublinear
        case minimumCount = "minimum-count"
        case cost = "C"
      }
    }

    let options: Options
    let train: [String]
    let labels: [Int32]
    let test: [String]
    let features: [String]
    let idf: [Double]
    let testFeatures: [[[Double]]]
    let objective: Double
    let testProbabilities: [[Double]]

    enum CodingKeys: String, CodingKey {
      case options, train, labels, test, features, idf, objective
      case testFeatures = "test-features"
      case testProbabilities = "test-probabilities"
    }
  }

  @Test func `features, objective and probabilities are those of scikit-learn`() throws {
    guard Folders.golden != nil else {
      return Folders.sayNotRun("golden linear*.json", missing: GoldenCases.missing)
    }
    let cases = try GoldenCases.read("cases", of: Case.self, from: "linear")
    for golden in cases { try check(golden) }
    print("golden linear*: \(cases.count) cases")
  }

  private func check(_ golden: Case) throws {
    var words = WordNumbers()
    let train = TokenLists(golden.train.map { words.numbers(of: $0, isLearning: true) })
    let test = golden.test.map { words.numbers(of: $0, isLearning: false) }
    let limits = NGramVocabulary.Limits(
      lengths: golden.options.ngrams[0]...golden.options.ngrams[1],
      minimumCount: golden.options.minimumCount)
    let vocabulary = NGramVocabulary(of: train, limits)
    let (features, matrix) = NGramFeatures.tfidf(
      of: train, .vocabulary(vocabulary), isSublinear: golden.options.sublinear,
      usesIDF: true, cores: 2)
    let names = (0..<vocabulary.count).map { number in
      (vocabulary.ids(of: number) ?? []).map { words.words[Int($0)] }.joined(separator: " ")
    }
    try #require(names.sorted() == golden.features.sorted())
    let theirs = Dictionary(uniqueKeysWithValues: golden.features.enumerated().map { ($1, $0) })
    guard case .tfidf(let tfidf) = features.weighting else { return }
    for (name, idf) in zip(names, tfidf.idf) {
      #expect(abs(idf - golden.idf[theirs[name] ?? 0]) < 1e-6, "idf of '\(name)'")
    }

    var regression = LogisticRegression()
    regression.cost = golden.options.cost
    let classCount = Int(golden.labels.max() ?? 0) + 1
    let fit = try #require(
      regression.fit(
        matrix, labels: golden.labels, classCount: classCount, cores: 2))
    #expect(fit.isConverged)
    #expect(
      abs(fit.objective - golden.objective) <= 1e-8 * golden.objective,
      "\(fit.objective) for \(golden.objective)")
    for (row, ids) in test.enumerated() {
      let own = features.features(of: ids.span)
      let wanted = golden.testFeatures[row].map { (names: golden.features[Int($0[0])], $0[1]) }
      #expect(own.count == wanted.count)
      let values = Dictionary(uniqueKeysWithValues: wanted)
      for (feature, value) in own {
        let name = names[Int(feature)]
        #expect(abs(value - (values[name] ?? 0)) < 1e-6, "'\(name)' in row \(row)")
      }
      for (own, wanted) in zip(
        fit.model.probabilities(own), golden.testProbabilities[row])
      {
        #expect(abs(Double(own) - wanted) < 1e-4, "row \(row)")
      }
    }
  }
}

/// Words by the order in which they were learnt.
struct WordNumbers {
  private(set) var words: [String] = []
  private var numbers: [String: Int32] = [:]

  /// The numbers of the words of a text; a word that was not learnt is left out.
  mutating func numbers(of text: String, isLearning: Bool) -> [Int32] {
    text.split(separator: " ").map { word in
      let word = String(word)
      if let known = numbers[word] { return known }
      guard isLearning else { return TokenLists.leftOut }
      numbers[word] = Int32(words.count)
      words.append(word)
      return Int32(words.count - 1)
    }
  }
}
