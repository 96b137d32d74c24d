import Datasets
import Glibc
import Models
import Testing

struct SamplingTests {
  private static let run = SmallTranslator()
  private static let translator = run.translator
  private static let sentences = run.batch.source.sentences

  private static func search(
    width: Int = 3, _ change: (inout Sampling) -> Void = { _ in }
  ) -> BeamSearch {
    var sampling = Sampling(seed: 11)
    change(&sampling)
    var search = BeamSearch()
    search.width = width
    search.maximumLengthBeyond = 10
    search.sampling = sampling
    return search
  }

  @Test func `what is drawn depends on the sentence's number, not on its batch`() {
    let together = Self.translator.translate(Self.sentences, Self.search())
    for (sentence, hypotheses) in zip(Self.sentences, together) {
      #expect(hypotheses.count == 3)
      let alone = Self.translator.translate([sentence], Self.search())[0]
      #expect(alone.map(\.words) == hypotheses.map(\.words))
    }
    #expect(together == Self.translator.translate(Self.sentences, Self.search()))
    let renumbered = Self.sentences.map { SourceSentence($0.words, number: $0.number + 50) }
    let others = Self.translator.translate(renumbered, Self.search())
    #expect(together.map { $0.map(\.words) } != others.map { $0.map(\.words) })
  }

  @Test func `scores are the log probabilities of the words drawn`() {
    let sentence = Self.sentences[0]
    for hypothesis in Self.translator.translate([sentence], Self.search())[0] {
      for place in hypothesis.words.indices {
        let expected = Self.run.logProbabilities(
          after: Array(hypothesis.words[..<place]), source: Self.run.batch.source[0..<1])
        let word = Int(hypothesis.words[place])
        #expect(abs(hypothesis.wordScores[place] - expected[word]) < 1e-4)
      }
    }
  }

  @Test(arguments: [(1, 1, 1), (nil, 1e-6, 1), (nil, 1, 1e-3)] as [(Int?, Float, Float)])
  func `drawing from the likeliest word alone is a search with a beam of one`(
    wordLimit: Int?, probabilityLimit: Float, temperature: Float
  ) {
    var greedy = BeamSearch()
    greedy.width = 1
    greedy.maximumLengthBeyond = 10
    let expected = Self.translator.translate(Self.sentences, greedy).map { $0.map(\.words) }
    let search = Self.search(width: 1) {
      $0.wordLimit = wordLimit
      $0.probabilityLimit = probabilityLimit
      $0.temperature = temperature
    }
    let drawn = Self.translator.translate(Self.sentences, search)
    #expect(drawn.map { $0.map(\.words) } == expected)
  }

  @Test func `words are drawn as often as they are likely`() {
    let sentences = (0..<40).map { SourceSentence([5, 9, 2], number: $0) }
    let found = Self.translator.translate(sentences, Self.search(width: 100))
    var counts = [Int](repeating: 0, count: 25)
    for hypothesis in found.joined() { counts[Int(hypothesis.words[0])] += 1 }
    let expected = Self.run.logProbabilities(
      after: [], source: .init([[5, 9, 2]]))
    // Neither padding nor, as the first word, the end is ever drawn.
    let allowed = expected.indices.filter { $0 != 1 && $0 != 2 }
    let mass = allowed.reduce(Float(0)) { $0 + exp(expected[$1]) }
    #expect(counts[1] == 0 && counts[2] == 0)
    for word in allowed {
      let probability = exp(expected[word]) / mass
      let deviation = (probability * (1 - probability) / 4000).squareRoot()
      #expect(abs(Float(counts[word]) / 4000 - probability) < 5 * deviation)
    }
  }
}
