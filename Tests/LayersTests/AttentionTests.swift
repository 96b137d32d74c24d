import Fixtures
import Glibc
import Layers
import Tensors
import Testing

struct AttentionTests {
  @Test(arguments: [false, true])
  func `attention's gradient reaches queries, keys and values`(valuesAreKeys: Bool) {
    var layout = ParameterLayout()
    let source = EmbeddedText("source", width: 6, lengths: [4, 2, 1], addingTo: &layout)
    let target = EmbeddedText("target", width: 6, addingTo: &layout)
    let readout = Readout(width: 6, addingTo: &layout)
    GradientCheck(layout, deviation: 0.2) { tape in
      let (packedKeys, sourceSentences) = source.embed(on: tape)
      let keys = tape.unpack(packedKeys, sourceSentences)
      let (x, sentences) = target.embed(on: tape)
      let attended = tape.attend(
        x, keys: keys, values: valuesAreKeys ? keys : tape.residual(keys, keys),
        source: sourceSentences, target: sentences)
      return readout.loss(of: tape.residual(attended.context, x), on: tape)
    }.expectAgreement()
  }

  @Test func `each word attends to the words of its own source only`() {
    var layout = ParameterLayout()
    let source = EmbeddedText("source", width: 6, lengths: [4, 2, 1], addingTo: &layout)
    let target = EmbeddedText("target", width: 6, addingTo: &layout)
    let parameters = ParameterBuffer(layout, initializedFrom: RandomSource(seed: 2))
    let tape = Tape(.opened)
    tape.begin(parameters)
    let (packedKeys, sourceSentences) = source.embed(on: tape)
    let keys = tape.unpack(packedKeys, sourceSentences)
    let (x, sentences) = target.embed(on: tape)
    let attended = tape.attend(
      x, keys: keys, values: keys, source: sourceSentences, target: sentences)
    for sentence in 0..<3 {
      let columns = sourceSentences.words(of: sentence)
      let rows = sentences.rows(of: sentence)
      let weights = tape.arena.tensor(rows: rows.count, columns: columns.count)
      weights.fill(0)
      attended.add(sentence: sentence, times: 1, into: weights)
      for place in 0..<rows.count {
        let row = rows[place]
        let scores = columns.map { column in
          exp(
            (0..<6).reduce(Float(0)) {
              $0 + x.value[row * 6 + $1] * keys.value[column * 6 + $1]
            })
        }
        let total = scores.reduce(0, +)
        for (index, score) in scores.enumerated() {
          let found = weights[place * columns.count + index]
          #expect(abs(found - score / total) < 1e-5)
        }
        for d in 0..<6 {
          let expected =
            columns.enumerated().reduce(Float(0)) {
              $0 + scores[$1.offset] / total * keys.value[$1.element * 6 + d]
            } * Float(columns.count).squareRoot()
          #expect(abs(attended.context.value[row * 6 + d] - expected) < 1e-4)
        }
      }
    }
  }

  @Test func `scaling a gradient changes the gradient alone`() {
    var layout = ParameterLayout()
    let text = EmbeddedText(width: 4, addingTo: &layout)
    let readout = Readout(width: 4, addingTo: &layout)
    func gradient(factor: Float) -> Tensor {
      let check = GradientCheck(layout) { tape in
        let (x, _) = text.embed(on: tape)
        return readout.loss(of: tape.scaleGradient(x, by: factor), on: tape)
      }
      return check.recorded()[text.table]
    }
    let (whole, half) = (gradient(factor: 1), gradient(factor: 0.5))
    #expect(whole.indices.allSatisfy { abs(whole[$0] * 0.5 - half[$0]) < 1e-6 })
    #expect(whole.indices.contains { whole[$0] != 0 })
  }
}
