import Datasets
import Fixtures
import Layers
import Models
import Tensors
import Testing
import Training

struct ConvS2SGoldenTests {
  @Test func `encoder outputs, logits, attention, loss and every gradient are fairseq's`() throws {
    let files = try GoldenFile.all(named: "convs2s-")
    for file in files {
      let golden = try ConvS2SGolden(file)
      try expectOutputs(golden)
      try expectGradient(golden)
    }
    print("golden convs2s-*: \(files.count) files")
  }

  @Test func `three steps of clipped NAG leave fairseq's weights`() throws {
    let files = try GoldenFile.all(named: "convs2s-")
    for file in files {
      let golden = try ConvS2SGolden(file)
      let weights = golden.parameters
      var optimizer = Optimizer(NAG(momentum: 0.99), layout: weights.layout)
      // Two shards, so that their sum is what is compared.
      let gradient = ShardedGradient(of: golden.model, shards: 2, blas: .opened)
      for expected in try #require(file.floats["after.gradient_norms"]) {
        let (_, norm) = gradient.compute(
          golden.model, golden.batch, weights, random: RandomSource(seed: 0), cores: 2)
        #expect(abs(norm - Double(expected)) <= 2e-4 * Double(expected))
        optimizer.step(
          weights, along: gradient.mean, rate: 0.25,
          gradientScale: clipCoefficient(norm: norm, limit: 0.1), cores: 1)
      }
      for entry in weights.layout.entries {
        try file.expect(weights[entry].array, as: "after.\(entry.name)", tolerance: 2e-4)
      }
    }
    print("golden convs2s-* steps: \(files.count) files")
  }

  private func expectOutputs(_ golden: ConvS2SGolden) throws {
    let (model, batch) = (golden.model, golden.batch)
    let tape = Tape(.opened)
    tape.begin(golden.parameters)
    let source = model.encoder.encode(batch.source, on: tape)
    let (input, words) = ("input.source", Array(0..<source.sentences.wordCount))
    try golden.expect(source.keys.value, rows: words, as: "output.encoder_x", places: input)
    try golden.expect(source.values.value, rows: words, as: "output.encoder_y", places: input)
    let decoded = model.decoder.decode(batch.target.shifted, source: source, on: tape)
    let logits = tape.linear(
      decoded.words, weight: model.decoder.outputWeight(on: tape), bias: model.decoder.outputBias)
    let rows = (0..<batch.rowCount).flatMap { sentence in
      let rows = decoded.sentences.rows(of: sentence)
      return (0..<rows.count).map { rows[$0] }
    }
    try golden.expect(logits.value, rows: rows, as: "output.logits", places: "input.target")
    let attention = try golden.averageAttention(decoded.attention, on: tape)
    try golden.file.expect(attention, as: "output.attention")
  }

  private func expectGradient(_ golden: ConvS2SGolden) throws {
    let (model, file) = (golden.model, golden.file)
    let tape = Tape(.opened)
    let gradient = ParameterBuffer(model.layout)
    tape.begin(golden.parameters, gradient: gradient)
    let loss = model.vocabularyLoss(of: golden.batch, on: tape)
    tape.backward()
    try file.expect([Float(loss.smoothed)], as: "output.loss_smoothed_sum", tolerance: 1e-5)
    try file.expect([Float(loss.negativeLogLikelihood)], as: "output.nll_sum", tolerance: 1e-5)
    for entry in model.layout.entries {
      let mean = gradient[entry].array.map { $0 / Float(loss.wordCount) }
      try file.expect(mean, as: "grad.\(entry.name)")
    }
  }
}
