import Fixtures
import Glibc
import Layers
import Tensors
import Testing

struct ConvolutionGradientTests {
  @Test(arguments: [WeightNorm.perRow, .perColumn])
  func `weight normalisation`(norm: WeightNorm) {
    var layout = ParameterLayout()
    let direction = layout.add("direction", [5, 19], .constant(0))
    let gain = layout.add("gain", norm == .perRow ? [5, 1] : [19], .constant(0))
    GradientCheck(layout) { tape in
      let weight = NormalizedWeight(direction: direction, gain: gain, norm: norm)
      return tape.anyLoss(of: tape.normalized(weight))
    }.expectAgreement()
  }

  @Test func `gains that start as norms change nothing`() {
    for norm in [WeightNorm.perRow, .perColumn] {
      var layout = ParameterLayout()
      let direction = layout.add("v", [6, 21], .normal(deviation: 1))
      let gain = layout.add("g", [norm == .perRow ? 6 : 21], .norms(norm, of: direction))
      let parameters = ParameterBuffer(layout, initializedFrom: RandomSource(seed: 1))
      let tape = Tape(.opened)
      tape.begin(parameters)
      let weight = tape.normalized(
        NormalizedWeight(direction: direction, gain: gain, norm: norm))
      let (found, expected) = (weight.value, parameters[direction])
      #expect(found.indices.allSatisfy { abs(found[$0] - expected[$0]) < 1e-6 })
    }
  }

  @Test(arguments: [Reach.centered, .causal], [1, 2, 3, 4, 5])
  func `a gated convolution of any width over sentences of any length`(reach: Reach, width: Int) {
    var layout = ParameterLayout()
    let text = EmbeddedText(width: 3, addingTo: &layout)
    let weight = layout.add("weight", [width, 3, 34], .constant(0))
    let bias = layout.add("bias", [34], .constant(0))
    let readout = Readout(width: 17, addingTo: &layout)
    GradientCheck(layout) { tape in
      let (x, sentences) = text.embed(on: tape)
      let y = tape.gatedConvolution(
        x, weight: tape.weight(weight), bias: bias, packing: sentences.packing, reach: reach)
      return readout.loss(of: y, on: tape)
    }.expectAgreement()
  }

  @Test func `a convolution is the slow sum over its taps, within each sentence`() {
    var layout = ParameterLayout()
    let text = EmbeddedText(width: 3, addingTo: &layout)
    let weight = layout.add("weight", [3, 3, 4], .normal(deviation: 1))
    let bias = layout.add("bias", [4], .normal(deviation: 1))
    let parameters = ParameterBuffer(layout, initializedFrom: RandomSource(seed: 1))
    for reach in [Reach.centered, .causal] {
      let tape = Tape(.opened)
      tape.begin(parameters)
      let (x, sentences) = text.embed(on: tape)
      let y = tape.gatedConvolution(
        x, weight: tape.weight(weight), bias: bias, packing: sentences.packing, reach: reach)
      for sentence in 0..<sentences.count {
        let rows = sentences.rows(of: sentence)
        for place in 0..<rows.count {
          let sums = (0..<4).map { d in
            (0..<3).reduce(parameters[bias][d]) { sum, tap in
              let other = place + tap - reach.wordsBefore(width: 3)
              guard 0 <= other && other < rows.count else { return sum }
              return (0..<3).reduce(sum) {
                $0 + x.value[rows[other] * 3 + $1]
                  * parameters[weight][(tap * 3 + $1) * 4 + d]
              }
            }
          }
          for d in 0..<2 {
            let expected = sums[d] / (1 + exp(-sums[d + 2]))
            #expect(abs(y.value[rows[place] * 2 + d] - expected) < 1e-5)
          }
        }
      }
    }
  }
}
