import Datasets
import Glibc
import Models
import Tensors
import Testing

/// What a search may be asked for besides the best translations.
struct SearchOptionTests {
  private static let run = SmallTranslator()
  private static let translator = run.translator
  private static let source = run.batch.source

  @Test func `translations begin with the words they are given`() {
    let prefix: [Int32] = [7, 3, 7]
    let sentences = Self.source.sentences.map { SourceSentence($0.words, prefix: prefix) }
    let found = Self.translator.translate(sentences, .short())
    for (sentence, hypotheses) in zip(sentences, found) {
      #expect(hypotheses.count == 5)
      for hypothesis in hypotheses {
        #expect(hypothesis.words.starts(with: prefix))
        let expected = Self.run.logProbabilities(
          after: [7], source: TokenRows([sentence.words]))[3]
        #expect(abs(hypothesis.wordScores[1] - expected) < 1e-4)
      }
    }
  }

  @Test func `a given prefix longer than the limit is cut there`() {
    let search = BeamSearch.short { $0.maximumLengthBeyond = 2 }
    let sentence = SourceSentence([5, 2], prefix: [7, 8, 9, 10])
    let found = Self.translator.translate([sentence], search)[0]
    #expect(found.map(\.words) == [[7, 8, 2]])
  }

  @Test(arguments: 1...3) func `no run of words occurs twice`(length: Int) {
    let search = BeamSearch.short { $0.noRepeatNGram = length }
    for hypothesis in Self.translator.translate(Self.source, search).joined() {
      let words = hypothesis.words.dropLast()
      let runs = words.indices.dropLast(length - 1).map { Array(words[$0..<$0 + length]) }
      #expect(Set(runs).count == runs.count)
    }
  }

  @Test func `going on after the first translations finds none that are worse`() {
    let early = Self.translator.translate(Self.source, .short())
    let late = Self.translator.translate(Self.source, .short { $0.stopsEarly = false })
    for (early, late) in zip(early, late) {
      #expect(late.count == early.count)
      #expect(zip(late, early).allSatisfy { $0.score >= $1.score })
    }
  }

  @Test func `an ensemble of one model with itself is that model`() {
    let twice = ConvS2STranslator([
      (Self.run.model, Self.run.parameters), (Self.run.model, Self.run.parameters),
    ])
    let one = Self.translator.translate(Self.source, .short())
    let both = twice.translate(Self.source, .short())
    #expect(one.map { $0.map(\.words) } == both.map { $0.map(\.words) })
    for (one, both) in zip(one.joined(), both.joined()) {
      #expect(abs(one.score - both.score) < 1e-5)
      #expect(zip(one.attention, both.attention).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }

  @Test func `an ensemble goes by the mean of its members' probabilities`() {
    var other = SmallTranslator()
    other.parameters = ParameterBuffer(
      other.model.layout, initializedFrom: RandomSource(seed: 9))
    let ensemble = ConvS2STranslator([
      (Self.run.model, Self.run.parameters), (other.model, other.parameters),
    ])
    let source = Self.source[2..<3]
    for hypothesis in ensemble.translate(source, .short())[0] {
      for place in hypothesis.words.indices {
        let before = Array(hypothesis.words[..<place])
        let word = Int(hypothesis.words[place])
        let mean = [Self.run, other].reduce(Float(0)) { sum, member in
          sum + exp(member.logProbabilities(after: before, source: source)[word]) / 2
        }
        #expect(abs(hypothesis.wordScores[place] - log(mean)) < 1e-4)
      }
    }
  }

  @Test func `a sentence without words and one that is too long are translated`() {
    let long = SourceSentence([Int32](repeating: 6, count: 100) + [2])
    #expect(Self.run.model.configuration.maximumLength < long.words.count)
    let readable = SourceSentence([Int32](repeating: 6, count: 61) + [2])
    #expect(Self.run.model.configuration.maximumLength >= readable.words.count)
    let found = Self.translator.translate(
      [SourceSentence([2]), long, SourceSentence([]), readable], .short())
    #expect(found.allSatisfy { $0.count == 5 })
    #expect(found[0].map(\.words) == found[2].map(\.words))
    #expect(found[1].map(\.words) == found[3].map(\.words))
  }

  @Test func `where no word is allowed a translation ends`() {
    var configuration = ConvS2S.Configuration(sourceVocabularySize: 4, targetVocabularySize: 5)
    configuration.embeddingWidth = 4
    configuration.encoderLayers = [.init(4, width: 1)]
    configuration.decoderLayers = [.init(4, width: 1)]
    configuration.attention = [true]
    configuration.outputEmbeddingWidth = 4
    let model = ConvS2S(configuration)
    let weights = ParameterBuffer(model.layout, initializedFrom: RandomSource(seed: 1))
    let search = BeamSearch.short {
      $0.minimumLength = 8
      $0.noRepeatNGram = 1
    }
    let found = ConvS2STranslator(model, weights).translate([SourceSentence([3, 2])], search)[0]
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { $0.words.count == 4 && $0.words.last == 2 && $0.score.isFinite })
  }
}
