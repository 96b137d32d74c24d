import Fixtures
import Formats
import Foundation
import Layers
import ModelKinds
import Models
import Tensors
import Testing
import Training

/// What transformers computes with encoders of random weights, and with a real one.
struct EncoderGoldenTests {
  @Test func `states, vectors, logits, loss and every gradient are transformers'`() throws {
    let cases = try GoldenEncoder.all()
    for golden in cases {
      try expectStates(of: golden)
      try expectGradients(of: golden)
    }
    print("golden encoder-*: \(cases.count) folders")
  }

  private func expectStates(of case: GoldenEncoder) throws {
    let (encoder, golden) = (`case`.encoder, `case`.golden)
    let padding = try PaddedRows(golden)
    let tape = Tape(.opened)
    let weights = encoder.inferenceWeights(`case`.weights, blas: .opened)
    tape.begin(weights)
    let rows = padding.rows(on: tape)
    for (layer, states) in encoder.hiddenStates(of: rows, on: tape).enumerated()
    where golden["output.hidden.\(layer)"] != nil {
      try expect(padding.padded(states.value), as: "output.hidden.\(layer)", in: golden)
    }
    for (name, pooling) in [("output.pooled", Encoder.Pooling.pooled), ("output.mean", .mean)]
    where golden[name] != nil {
      if pooling == .pooled, encoder.configuration.family == .distilBERT { continue }
      tape.begin(weights)
      let vectors = encoder.vectors(of: padding.rows(on: tape), by: pooling, on: tape)
      try expect(vectors.value.array, as: name, in: golden)
    }
    guard golden["output.logits"] != nil else { return }
    tape.begin(weights)
    let logits = encoder.logits(of: try `case`.rows(on: tape), on: tape)
    try expect(logits.value.array, as: "output.logits", in: golden)
  }

  private func expectGradients(of case: GoldenEncoder) throws {
    let (encoder, golden) = (`case`.encoder, `case`.golden)
    guard golden["output.logits"] != nil else { return }
    let gradient = ParameterBuffer(encoder.layout)
    let tape = Tape(.opened)
    tape.begin(`case`.weights, gradient: gradient)
    let logits = encoder.logits(of: try `case`.rows(on: tape), on: tape)
    try expect(logits.value.array, as: "output.logits", in: golden)
    let labels: [Int32] = try golden.values("input.labels")
    let loss = tape.crossEntropy(logits, labels: labels)
    try expect([Float(loss.mean)], as: "output.loss", in: golden)
    tape.backward()
    let largest = gradient.flat.array.reduce(0) { max($0, abs($1)) } / Float(loss.weight)
    for entry in encoder.layout.entries where golden["grad.\(entry.name)"] != nil {
      let mean = gradient[entry].array.map { $0 / Float(loss.weight) }
      try expect(
        mean, as: "grad.\(entry.name)", in: golden, floor: entry.isBiasOfKeys ? largest : 0)
    }
    let names = golden.entries.map(\.name).filter { $0.hasPrefix("grad.") }
    #expect(
      names.allSatisfy { encoder.layout[String($0.dropFirst("grad.".count))] != nil },
      "\(golden.path): \(names)")
  }

  @Test func `weights and norms after steps of AdamW with clipping are transformers'`() throws {
    let cases = try GoldenEncoder.all().filter { $0.golden["after.norms"] != nil }
    for golden in cases { try expectSteps(of: golden) }
    print("golden steps of encoder-*: \(cases.count) folders")
  }

  private func expectSteps(of case: GoldenEncoder) throws {
    let (encoder, weights, golden) = (`case`.encoder, `case`.weights, `case`.golden)
    let steps = try GoldenSteps(golden, encoder.layout)
    let labels: [Int32] = try golden.values("input.labels")
    let norms: [Float] = try golden.values("after.norms")
    var optimizer = Optimizer(steps.rule, layout: encoder.layout)
    let tape = Tape(.opened)
    var losses: [Float] = []
    for expected in norms {
      let gradient = ParameterBuffer(encoder.layout)
      tape.begin(weights, gradient: gradient)
      let loss = tape.crossEntropy(
        encoder.logits(of: try `case`.rows(on: tape), on: tape), labels: labels)
      tape.backward()
      losses.append(Float(loss.mean))
      let squares = gradient.flat.array.reduce(0) { $0 + Double($1) * Double($1) }
      let norm = squares.squareRoot() / loss.weight
      #expect(abs(norm - Double(expected)) < 2e-4 * Double(expected), "\(golden.path)")
      let clip = steps.limit.map { clipCoefficient(norm: norm, limit: $0) } ?? 1
      optimizer.step(
        weights, along: gradient, rate: steps.rate, gradientScale: clip / Float(loss.weight),
        groups: steps.groups, cores: 1)
    }
    if golden["after.losses"] != nil {
      try expect(losses, as: "after.losses", in: golden, tolerance: 2e-4)
    }
    for entry in encoder.layout.entries where golden["after.\(entry.name)"] != nil {
      // The biases of keys follow what is rounding in either program.
      try expect(
        weights[entry].array, as: "after.\(entry.name)", in: golden, tolerance: 2e-4,
        floor: entry.isBiasOfKeys ? 1 : 0)
    }
  }

  @Test func `a real encoder gives transformers' states and vectors`() throws {
    guard let golden = Folders.golden?.appending(path: "encoder-minilm.safetensors"),
      let folder = Folders.data?.appending(path: "encoders/all-MiniLM-L6-v2"),
      FileManager.default.fileExists(atPath: golden.path),
      FileManager.default.fileExists(atPath: folder.path)
    else { return Folders.sayNotRun("golden MiniLM", missing: "MILLRACE_GOLDEN, MILLRACE_DATA") }
    let file = try SafetensorsFile(path: golden.path)
    let (encoder, read) = try GoldenEncoder.read(folder, pooling: .pooled, head: .unused)
    let weights = encoder.inferenceWeights(read, blas: .opened)
    let padding = try PaddedRows(file)
    let tape = Tape(.opened)
    tape.begin(weights)
    let states = encoder.hiddenStates(of: padding.rows(on: tape), on: tape)
    try expect(padding.padded(states[states.count - 1].value), as: "output.last", in: file)
    for (name, pooling) in [("output.pooled", Encoder.Pooling.pooled), ("output.mean", .mean)] {
      tape.begin(weights)
      let vectors = encoder.vectors(of: padding.rows(on: tape), by: pooling, on: tape)
      try expect(vectors.value.array, as: name, in: file)
    }
    print("golden MiniLM: \(padding.lengths.count) texts")
  }
}

extension ParameterLayout.Entry {
  /// Whether the loss does not depend on it, so that its gradient is rounding in any program.
  fileprivate var isBiasOfKeys: Bool { name.hasSuffix("key.bias") || name.hasSuffix("k_lin.bias") }
}
