import Datasets
import Fixtures
import Formats
import Foundation
import Tensors
import Testing
import Training

/// PyTorch's AdamW on a small perceptron, whose gradient is worked out here by hand.
struct GoldenPerceptronTests {
  @Test func `every perceptron case has PyTorch's weights after its steps`() throws {
    guard let folder = Folders.golden else {
      Folders.sayNotRun("golden perceptron steps", missing: "MILLRACE_GOLDEN")
      return
    }
    let files = Folders.files(below: folder, ending: ".safetensors")
      .filter { $0.lastPathComponent.hasPrefix("mlp") }
    for file in files { try check(try SafetensorsFile(path: file.path)) }
    print("golden perceptron steps: \(files.count) cases")
  }

  private func check(_ file: SafetensorsFile) throws {
    let golden = try JSONValue(
      parsing: try #require(file.metadata("case")), file: file.path)
    let options = try #require(golden["optimiser"])
    var layout = ParameterLayout()
    for entry in file.entries where entry.name.hasPrefix("model.") {
      _ = layout.add(String(entry.name.dropFirst(6)), Shape(entry.shape), .constant(0))
    }
    let weights = try ParameterBuffer(layout, from: file, prefix: "model.")
    let gradient = ParameterBuffer(layout)
    var optimizer = Optimizer(try goldenRule(options), layout: layout)
    let rate = try #require(options["lr"]?.doubleValue)
    let losses: [Float] = try file.values("after.losses")
    let tokens: [Int32] = try file.values("input.tokens")
    let lengths: [Int32] = try file.values("input.lengths")
    let batch = ClassificationBatch(
      tokens: tokens, width: tokens.count / lengths.count, lengths: lengths,
      labels: try file.values("input.labels"))
    for (step, expected) in losses.enumerated() {
      gradient.flat.fill(0)
      let loss = try Perceptron(weights: weights, gradient: gradient).loss(of: batch)
      #expect(abs(loss - expected) < 2e-4 * abs(expected), "\(file.path)")
      if step == 0 { try expectEqual(gradient, file, prefix: "grad.") }
      optimizer.step(weights, along: gradient, rate: rate, cores: 1)
    }
    try expectEqual(weights, file, prefix: "after.")
  }
}

/// Mean of the embeddings → tanh layer → tanh layer → classes, one row and one loop at a time.
private struct Perceptron {
  let weights: ParameterBuffer
  let gradient: ParameterBuffer

  /// The mean loss; its gradient is added to `gradient`.
  func loss(of batch: ClassificationBatch) throws -> Float {
    var sum: Float = 0
    for row in batch.labels.indices {
      let start = row * batch.width
      let ids = batch.tokens[start..<start + Int(batch.lengths[row])].map { Int($0) }
      let table = try #require(weights["embedding.weight"])
      var mean = [Float](repeating: 0, count: table.columns)
      for id in ids {
        for c in mean.indices { mean[c] += table[id * table.columns + c] / Float(ids.count) }
      }
      let first = try linear("hidden1", mean).map { tanh($0) }
      let second = try linear("hidden2", first).map { tanh($0) }
      let logits = try linear("classes", second)
      let total = logits.reduce(0) { $0 + exp($1) }
      let label = Int(batch.labels[row])
      sum -= logits[label] - log(total)

      var slope = logits.indices.map { c in
        (exp(logits[c]) / total - (c == label ? 1 : 0)) / Float(batch.rowCount)
      }
      slope = zip(try back("classes", second, slope), second).map { $0 * (1 - $1 * $1) }
      slope = zip(try back("hidden2", first, slope), first).map { $0 * (1 - $1 * $1) }
      slope = try back("hidden1", mean, slope)
      let tableGradient = try #require(gradient["embedding.weight"])
      for id in ids where id != 0 {
        for c in slope.indices {
          tableGradient[id * slope.count + c] += slope[c] / Float(ids.count)
        }
      }
    }
    return sum / Float(batch.rowCount)
  }

  private func linear(_ name: String, _ x: [Float]) throws -> [Float] {
    let weight = try #require(weights["\(name).weight"])
    let bias = try #require(weights["\(name).bias"])
    return (0..<weight.rows).map { d in
      x.indices.reduce(bias[d]) { $0 + weight[d * x.count + $1] * x[$1] }
    }
  }

  /// Adds the layer's gradient and returns that of its input.
  private func back(_ name: String, _ x: [Float], _ slope: [Float]) throws -> [Float] {
    let weight = try #require(weights["\(name).weight"])
    let dw = try #require(gradient["\(name).weight"])
    let db = try #require(gradient["\(name).bias"])
    var result = [Float](repeating: 0, count: x.count)
    for d in slope.indices {
      db[d] += slope[d]
      for c in x.indices {
        dw[d * x.count + c] += slope[d] * x[c]
        result[c] += slope[d] * weight[d * x.count + c]
      }
    }
    return result
  }
}
