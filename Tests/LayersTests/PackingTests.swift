import Fixtures
import Layers
import Tensors
import Testing

struct PackingTests {
  @Test func `rows lie longest first, step by step, without gaps`() {
    let packing = Tape(.opened).pack(lengths: [2, 3, 1, 3])
    #expect((0..<4).map { packing.order[$0] } == [1, 3, 0, 2])
    #expect((0..<4).map { packing.length(ofPlace: $0) } == [3, 3, 2, 1])
    #expect((0..<packing.stepCount).map { packing.range(ofStep: $0) } == [0..<4, 4..<7, 7..<9])
    #expect(packing.count == 9)
  }

  @Test func `values some steps apart lie in as few ranges as keep their order`() {
    let packing = Tape(.opened).pack(lengths: [2, 5, 5, 3])
    // Steps of 4, 4, 3, 2, 2 values, which start at 0, 4, 8, 11, 13.
    let expected: [[[Range<Int>]]] = [
      [[0..<15, 0..<15]],
      [[0..<7, 4..<11], [8..<10, 11..<13], [11..<13, 13..<15]],
    ]
    for (distance, pairs) in expected.enumerated() {
      #expect(packing.pairs(distance: distance).map { [$0.earlier, $0.later] } == pairs)
    }
    #expect(packing.pairs(distance: 5).isEmpty)
  }

  @Test func `unpacked rows lie sentence by sentence, and so do their gradients`() {
    var layout = ParameterLayout()
    let text = EmbeddedText(width: 3, lengths: [2, 4, 1, 4], addingTo: &layout)
    let readout = Readout(width: 3, addingTo: &layout)
    let parameters = ParameterBuffer(layout, initializedFrom: RandomSource(seed: 5))
    let tape = Tape(.opened)
    tape.begin(parameters)
    let (x, sentences) = text.embed(on: tape)
    let unpacked = tape.unpack(x, sentences)
    for (word, id) in text.words.enumerated() {
      let sentence = (0..<4).first { sentences.words(of: $0).contains(word) } ?? 0
      let place = word - sentences.words(of: sentence).lowerBound
      for d in 0..<3 {
        let expected =
          parameters[text.table][Int(id) * 3 + d]
          + parameters[text.positions][(2 + place) * 3 + d]
        #expect(unpacked.value[word * 3 + d] == expected)
      }
    }
    GradientCheck(layout) { tape in
      let (x, sentences) = text.embed(on: tape)
      return readout.loss(of: tape.residual(tape.unpack(x, sentences), x), on: tape)
    }.expectAgreement()
  }

  @Test func `no rows make no steps`() {
    let packing = Tape(.opened).pack(lengths: [])
    #expect(packing.stepCount == 0)
    #expect(packing.count == 0)
  }
}
