import Datasets
import Fixtures
import Formats
import Foundation
import Layers
import Models
import Tensors
import Testing
import Training

/// PyTorch's weights and losses after some steps of its optimisers.
struct GoldenTrainingTests {
  @Test func `every LSTM case has PyTorch's weights after its steps`() throws {
    let files = Folders.reference(prefix: "lstm-", ending: ".safetensors")
    for file in files { try check(try SafetensorsFile(path: file.path)) }
    print("golden training steps: \(files.count) cases")
  }

  private func check(_ file: SafetensorsFile) throws {
    let text = try #require(file.metadata("case"))
    let golden = try JSONValue(parsing: text, file: file.path)
    let model = LSTMClassifier(try configuration(file, golden))
    let weights = try ParameterBuffer(model.layout, from: file, prefix: "model.")
    let tokens: [Int32] = try file.values("input.tokens")
    let lengths: [Int32] = try file.values("input.lengths")
    let batch = ClassificationBatch(
      tokens: tokens, width: tokens.count / lengths.count, lengths: lengths,
      labels: try file.values("input.labels"))

    let options = try #require(golden["optimiser"])
    let rate = try #require(options["lr"]?.doubleValue)
    let losses: [Float] = try file.values("after.losses")
    var optimizer = Optimizer(try goldenRule(options), layout: model.layout)
    // Two shards, so that their sum is what is compared.
    let gradient = ShardedGradient(of: model, shards: 2, blas: .opened)
    for expected in losses {
      let (loss, _) = gradient.compute(
        model, batch, weights, random: RandomSource(seed: 0), cores: 1)
      #expect(abs(loss.mean - Double(expected)) < 2e-4 * Double(abs(expected)), "\(file.path)")
      optimizer.step(weights, along: gradient.mean, rate: rate, cores: 1)
    }
    try expectEqual(weights, file, prefix: "after.")
  }

  private func configuration(
    _ file: SafetensorsFile, _ golden: JSONValue
  ) throws -> LSTMClassifier.Configuration {
    var configuration = LSTMClassifier.Configuration(
      vocabularySize: try #require(golden["vocabulary"]?.intValue),
      classCount: try #require(golden["classes"]?.intValue))
    configuration.padding = try #require(golden["pad"]?.intValue)
    configuration.embeddingWidth = try #require(file["model.embedding.weight"]?.shape[1])
    configuration.hiddenWidth = try #require(file["model.lstm.weight_hh_l0"]?.shape[1])
    configuration.isBidirectional = file["model.lstm.weight_hh_l0_reverse"] != nil
    configuration.layerCount =
      (1...).first { file["model.lstm.weight_hh_l\($0)"] == nil } ?? 1
    configuration.denseWidth = file["model.dense.weight"]?.shape[0] ?? 0
    return configuration
  }
}
