import Datasets
import Fixtures
import Layers
import Models
import Tensors
import Testing

struct BeamSearchTests {
  private static let run = SmallTranslator()
  private static let translator = run.translator
  private static let source = run.batch.source

  /// What the whole model, reading the whole hypothesis, says of it in float32.
  private static func loss(of hypothesis: Hypothesis, _ row: Int) -> VocabularyLoss {
    let pair = TranslationBatch(
      source: source[row..<row + 1], target: TokenRows([hypothesis.words]))
    let tape = Tape(.opened)
    tape.begin(run.parameters)
    return run.model.vocabularyLoss(of: pair, on: tape)
  }

  @Test func `word scores are those of the whole model reading the whole hypothesis`() {
    let found = Self.translator.translate(Self.source, .short())
    for (row, hypotheses) in found.enumerated() {
      #expect(hypotheses.count == 5)
      for hypothesis in hypotheses {
        let loss = Self.loss(of: hypothesis, row)
        let sum = hypothesis.wordScores.reduce(0, +)
        #expect(abs(loss.negativeLogLikelihood + Double(sum)) < 1e-4)
        #expect(abs(hypothesis.score - sum / Float(hypothesis.words.count)) < 1e-5)
      }
    }
  }

  @Test func `a sentence's hypotheses do not depend on its batch`() {
    let together = Self.translator.translate(Self.source, .short())
    for row in 0..<Self.source.count {
      let alone = Self.translator.translate(Self.source[row..<row + 1], .short())[0]
      #expect(alone.map(\.words) == together[row].map(\.words))
      #expect(zip(alone, together[row]).allSatisfy { abs($0.score - $1.score) < 1e-5 })
      #expect(
        zip(alone, together[row]).allSatisfy { one, other in
          zip(one.attention, other.attention).allSatisfy { abs($0 - $1) < 1e-5 }
        })
    }
  }

  @Test func `in bfloat16 word scores are nearly those of the whole model`() {
    let rounded = ConvS2STranslator(Self.run.model, Self.run.parameters, in: .bfloat16)
    var worst = 0.0
    for (row, hypotheses) in rounded.translate(Self.source, .short()).enumerated() {
      for hypothesis in hypotheses {
        let loss = Self.loss(of: hypothesis, row)
        let sum = hypothesis.wordScores.reduce(0, +)
        worst = max(worst, abs(loss.negativeLogLikelihood + Double(sum)) / Double(loss.wordCount))
      }
    }
    #expect(worst > 1e-6 && worst < 0.02)
  }

  @Test func `attention of each word sums to one over the source's words`() {
    let found = Self.translator.translate(Self.source, .short())
    for (row, hypotheses) in found.enumerated() {
      let width = Int(Self.source.lengths[row])
      for hypothesis in hypotheses {
        #expect(hypothesis.attention.count == hypothesis.words.count * width)
        for word in hypothesis.words.indices {
          let sum = hypothesis.attention[word * width..<(word + 1) * width].reduce(0, +)
          #expect(abs(sum - 1) < 1e-5)
          #expect((0..<width).contains(hypothesis.alignment(of: word)))
        }
      }
    }
  }

  @Test func `lengths keep to their bounds and every hypothesis ends once`() {
    let search = BeamSearch.short {
      $0.minimumLength = 4
      $0.maximumLengthPerSourceWord = 1
      $0.maximumLengthBeyond = 3
    }
    let found = Self.translator.translate(Self.source, search)
    for (row, hypotheses) in found.enumerated() {
      for hypothesis in hypotheses {
        let length = hypothesis.words.count - 1
        #expect(length >= 4 && length <= Int(Self.source.lengths[row]) + 3)
        #expect(hypothesis.words.last == 2)
        #expect(hypothesis.words.dropLast().allSatisfy { $0 != 2 && $0 != 1 })
      }
    }
  }

  @Test func `a heavy penalty keeps the unknown word out`() {
    let search = BeamSearch.short { $0.unknownPenalty = 100 }
    let found = Self.translator.translate(Self.source, search)
    #expect(found.joined().allSatisfy { !$0.words.contains(3) })
  }

  @Test func `a beam of one follows the best word`() {
    let search = BeamSearch.short { $0.width = 1 }
    let found = Self.translator.translate(Self.source[0..<1], search)[0]
    #expect(found.count == 1)
    var words: [Int32] = []
    while words.last != 2 {
      let tape = Tape(.opened)
      tape.begin(Self.run.parameters)
      let model = Self.run.model
      let encoded = model.encoder.encode(Self.source[0..<1], on: tape)
      let decoded = model.decoder.decode(TokenRows([[2] + words]), source: encoded, on: tape)
      let logits = tape.linear(
        decoded.words, weight: model.decoder.outputWeight(on: tape),
        bias: model.decoder.outputBias)
      let last = Array(logits.value.array.suffix(25))
      let allowed = (0..<25).filter { $0 != 1 && !(words.isEmpty && $0 == 2) }
      let best = allowed.max { last[$0] < last[$1] } ?? 2
      words.append(words.count == 12 ? 2 : Int32(best))
    }
    #expect(found[0].words == words)
  }
}
