import Fixtures
import Glibc
import Layers
import Tensors
import Testing

struct VocabularyLossTests {
  @Test(arguments: LabelSmoothing.Share.allCases, [Float(0), 0.2])
  func `the loss over a vocabulary, smoothed either way`(
    share: LabelSmoothing.Share, amount: Float
  ) {
    var layout = ParameterLayout()
    let text = EmbeddedText(width: 4, addingTo: &layout)
    var readout = Readout(width: 4, words: 21, addingTo: &layout)
    readout.smoothing = LabelSmoothing(amount, share: share)
    GradientCheck(layout) { tape in
      let (x, _) = text.embed(on: tape)
      return readout.loss(of: x, on: tape)
    }.expectAgreement()
  }

  @Test func `blocks of rows add up to the slow sum`() {
    // So many words that a block holds 16 rows, and so many rows that there are several blocks.
    let words = 40_000
    var layout = ParameterLayout()
    let text = EmbeddedText(width: 4, lengths: [7, 7, 7, 7, 7, 5], addingTo: &layout)
    let readout = Readout(width: 4, words: words, addingTo: &layout)
    let parameters = ParameterBuffer(layout, initializedFrom: RandomSource(seed: 2))
    let tape = Tape(.opened)
    tape.begin(parameters)
    let (x, _) = text.embed(on: tape)
    let loss = tape.vocabularyLoss(
      of: x, targets: (0..<40).map { Int32($0 * 999) },
      weight: tape.weight(readout.weight), bias: readout.bias, smoothing: LabelSmoothing(0.1))
    var (nll, all) = (0.0, 0.0)
    let (weight, bias) = (parameters[readout.weight], parameters[readout.bias])
    for row in 0..<40 {
      let logits = (0..<words).map { v in
        (0..<4).reduce(Double(bias[v])) {
          $0 + Double(x.value[row * 4 + $1] * weight[v * 4 + $1])
        }
      }
      let total = log(logits.reduce(0) { $0 + exp($1) })
      nll += total - logits[row * 999]
      all += Double(words) * total - logits.reduce(0, +)
    }
    #expect(loss.wordCount == 40)
    #expect(abs(loss.negativeLogLikelihood - nll) < 1e-5 * nll)
    #expect(abs(loss.smoothed - (0.9 * nll + 0.1 / Double(words) * all)) < 1e-5 * nll)
  }
}
