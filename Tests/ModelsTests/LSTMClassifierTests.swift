import Datasets
import Fixtures
import Foundation
import Layers
import Models
import Tensors
import Testing

struct LSTMClassifierTests {
  @Test func `a second step allocates no tensors`() {
    let run = ClassifierRun(SmallNetwork.recurrent(.lstm, .max).model())
    let batch = ClassificationBatch.random(lengths: [300, 200, 400])
    let tape = Tape(.opened)
    _ = run.model.loss(of: batch, parameters: run.parameters, on: tape)
    tape.begin(run.parameters)
    let byteCount = tape.arena.byteCount
    for _ in 0..<3 { _ = run.model.loss(of: batch, parameters: run.parameters, on: tape) }
    #expect(tape.arena.byteCount == byteCount)
  }

  @Test func `class weights make the loss a weighted mean`() {
    let run = ClassifierRun(SmallNetwork.recurrent(.lstm, .last).model())
    let batch = ClassificationBatch.random(lengths: [4, 1, 7])
    let third = run.probabilities(of: batch)[8]
    var weighted = run.model
    weighted.classWeights = [0, 0, 5]
    let loss = weighted.loss(of: batch, parameters: run.parameters, on: Tape(.opened))
    #expect(abs(loss.mean + log(Double(third))) < 1e-5)
    #expect(loss.weight == 5)
  }
}
