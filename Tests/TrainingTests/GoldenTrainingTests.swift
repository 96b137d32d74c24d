import Datasets
import Fixtures
import Formats
import Foundation
import Layers
import Models
import Tensors
import Testing
import Training

/// PyTorch's logits, losses, gradients and weights after some steps of its optimisers.
struct GoldenTrainingTests {
  @Test(arguments: GoldenNetwork.allCases)
  func `every case has PyTorch's logits, gradients and weights after its steps`(
    network: GoldenNetwork
  ) throws {
    let files = Folders.reference(prefix: network.rawValue, ending: ".safetensors")
    for file in files {
      let golden = try GoldenCase(SafetensorsFile(path: file.path))
      try check(try network.model(of: golden), golden)
    }
    print("golden \(network.rawValue)*: \(files.count) cases")
  }

  private func check(_ model: some Classifier, _ golden: GoldenCase) throws {
    let file = golden.file
    let weights = try ParameterBuffer(model.layout, from: file, prefix: "model.")
    let stored = file.entries.map(\.name).filter { $0.hasPrefix("model.") }
    #expect(stored.count == model.layout.entries.count, "\(file.path): \(stored)")
    let batch = try golden.batch()
    let tape = Tape(.opened)
    tape.begin(weights)
    let logits = model.logits(of: batch, on: tape).value
    try expectEqual(
      logits.indices.map { logits[$0] }, try file.values("output.logits"), within: 1e-4,
      "\(file.path): logits")

    var optimizer = Optimizer(try golden.rule(), layout: model.layout)
    let rate = try #require(golden.optimizer["lr"]?.doubleValue)
    let losses: [Float] = try file.values("after.losses")
    // Two shards, so that their sum is what is compared.
    let gradient = ShardedGradient(of: model, shards: 2, blas: .opened)
    for (step, expected) in losses.enumerated() {
      let (loss, _) = gradient.compute(
        model, batch, weights, random: RandomSource(seed: 0), cores: 1)
      #expect(abs(loss.mean - Double(expected)) < 2e-4 * Double(abs(expected)), "\(file.path)")
      if step == 0 { try expectEqual(gradient.mean, golden, prefix: "grad.", within: 1e-4) }
      optimizer.step(weights, along: gradient.mean, rate: rate, cores: 1)
      model.constrain(weights)
    }
    try expectEqual(weights, golden, prefix: "after.", within: 2e-4)
  }

  /// Compares every parameter with a tensor of its name.
  private func expectEqual(
    _ buffer: ParameterBuffer, _ golden: GoldenCase, prefix: String, within tolerance: Float
  ) throws {
    for entry in buffer.layout.entries where golden.file[prefix + entry.name] != nil {
      let values = buffer[entry]
      try expectEqual(
        values.indices.map { values[$0] }, try golden.file.values(prefix + entry.name),
        within: tolerance, "\(golden.file.path): \(prefix)\(entry.name)")
    }
  }

  /// Allows a part of the largest value.
  private func expectEqual(
    _ found: [Float], _ expected: [Float], within tolerance: Float, _ what: String
  ) throws {
    try #require(found.count == expected.count, "\(what)")
    let largest = expected.reduce(0) { max($0, abs($1)) }
    let error = zip(found, expected).reduce(Float(0)) { max($0, abs($1.0 - $1.1)) }
    #expect(error <= tolerance * largest, "\(what): off by \(error) of \(largest)")
  }
}
