import Layers
import Tensors

/// Sentences of several lengths, among them 1, with a table of words and one of places.
struct EmbeddedText {
  let table: Parameter
  let positions: Parameter
  let lengths: [Int32]
  let words: [Int32]

  init(
    _ name: String = "text", width: Int, lengths: [Int32] = [3, 1, 5],
    addingTo layout: inout ParameterLayout
  ) {
    table = layout.add("\(name).words", [7, width], .normal(deviation: 1))
    positions = layout.add("\(name).positions", [9, width], .normal(deviation: 1))
    self.lengths = lengths
    var random = RandomSource(seed: 7)
    words = lengths.flatMap { (0..<$0).map { _ in Int32(2 + random.index(below: 5)) } }
  }

  func embed(on tape: Tape) -> (Variable, Sentences) {
    let sentences = tape.sentences(lengths: lengths)
    let x = tape.embed(
      sentences.packed(words), packing: sentences.packing, table: table, positions: positions,
      padding: 1)
    return (x, sentences)
  }
}

/// A loss in which every value of every word has its part.
struct Readout {
  let weight: Parameter
  let bias: Parameter
  var smoothing = LabelSmoothing(0.1)

  init(width: Int, words: Int = 5, addingTo layout: inout ParameterLayout) {
    weight = layout.add("readout.weight", [words, width], .normal(deviation: 1))
    bias = layout.add("readout.bias", [words], .normal(deviation: 1))
  }

  func loss(of x: Variable, on tape: Tape) -> Loss {
    let loss = tape.vocabularyLoss(
      of: x, targets: (0..<x.rows).map { Int32($0 % weight.rows) },
      weight: tape.weight(weight), bias: bias, smoothing: smoothing)
    return Loss(sum: loss.smoothed, weight: Double(loss.wordCount))
  }
}
