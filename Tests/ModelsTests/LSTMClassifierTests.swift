import Cores
import Datasets
import Fixtures
import Foundation
import Layers
import Models
import Synchronization
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

  @Test func `threads that meet the same words at one time infer the same`() {
    let run = ClassifierRun(SmallNetwork.recurrent(.lstm, .last).model())
    let batches = (1...4).map { ClassificationBatch.random(lengths: [30, 20, 7, $0]) }
    let expected = batches.map { run.probabilities(of: $0) }
    for _ in 0..<20 {
      let weights = run.model.inferenceWeights(run.parameters, blas: .opened)
      let found = Mutex(Array(repeating: [Float](), count: 8))
      concurrently(8, cores: 4) { [model = run.model] index in
        let values = model.predict(batches[index % 4], with: weights, on: Tape(.opened)).array
        found.withLock { $0[index] = values }
      }
      #expect(found.withLock { $0 } == expected + expected)
    }
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
