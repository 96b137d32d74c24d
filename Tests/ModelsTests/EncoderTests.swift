import Datasets
import Fixtures
import Layers
import Models
import Tensors
import Testing

struct EncoderTests {
  private static let batch = ClassificationBatch.random(lengths: [4, 1, 7, 5])

  @Test
  func `a row gets its start and end, also without tokens, and a second text begins after an end`()
  {
    let encoder = Encoder(SmallNetwork.encoderConfiguration)
    let batch = ClassificationBatch(
      tokens: [5, 2, 6, 0, 7, 0, 0, 0, 0, 0, 0, 0], width: 4, lengths: [3, 1, 1],
      labels: [0, 0, 0])
    let explicit: (Tape) -> EncoderRows = { tape in
      EncoderRows(
        ids: [1, 5, 2, 6, 2, 1, 7, 2, 1, 2], segments: [0, 0, 0, 1, 1, 0, 0, 0, 0, 0],
        lengths: [5, 3, 2], on: tape)
    }
    let run = ClassifierRun(encoder)
    let tape = Tape(.opened)
    tape.begin(run.parameters)
    let expected = encoder.logits(of: explicit(tape), on: tape).value.array
    tape.begin(run.parameters)
    #expect(encoder.logits(of: batch, on: tape).value.array == expected)
  }

  @Test func `what is beyond the positions is not read`() {
    let run = ClassifierRun(Encoder(SmallNetwork.encoderConfiguration))
    let long = ClassificationBatch.random(lengths: [30])
    let cut = ClassificationBatch(
      tokens: Array(long.tokens[..<22]), width: 22, lengths: [22], labels: long.labels)
    #expect(run.probabilities(of: long) == run.probabilities(of: cut))
  }

  @Test(arguments: [
    ["bert.embeddings.", "bert.encoder.layer.0."], ["bert.encoder.layer.1.", "bert.pooler."],
    ["classifier."], ["bert.embeddings.position"],
  ])
  func `only what is learnt gets a gradient, and all of its own`(learnt: [String]) {
    let encoder = Encoder(SmallNetwork.encoderConfiguration)
    let parameters = ParameterBuffer(encoder.layout, initializedFrom: RandomSource(seed: 4))
    func gradient(_ places: [Range<Int>]?) -> ParameterBuffer {
      let gradient = ParameterBuffer(encoder.layout)
      _ = encoder.lossAndGradient(
        of: Self.batch, parameters: parameters, learning: places, into: gradient,
        on: Tape(.opened), random: RandomSource(seed: 0))
      return gradient
    }
    func isLearnt(_ entry: ParameterLayout.Entry) -> Bool {
      learnt.contains { entry.name.hasPrefix($0) }
    }
    let found = gradient(encoder.layout.entries.filter(isLearnt).map(\.range))
    let all = gradient(nil)
    for entry in encoder.layout.entries {
      #expect(
        found[entry].array
          == (isLearnt(entry) ? all[entry].array : all[entry].array.map { _ in 0 }),
        "\(entry.name)")
    }
  }

  @Test func `adapters change nothing before training, and merged weights answer as they do`() {
    var configuration = SmallNetwork.encoderConfiguration
    let plain = Encoder(configuration)
    configuration.adapters = Encoder.LowRankAdapters()
    configuration.adapters?.rank = 2
    configuration.adapters?.projections = Set(Encoder.Projection.allCases)
    let encoder = Encoder(configuration)
    #expect(encoder.layout.entries.filter { Encoder.isAdapter($0.name) }.count == 2 * 6 * 2)
    let parameters = ParameterBuffer(encoder.layout, initializedFrom: RandomSource(seed: 4))
    let tape = Tape(.opened)
    func probabilities(_ encoder: Encoder, _ parameters: ParameterBuffer) -> [Float] {
      encoder.predict(
        Self.batch, with: encoder.inferenceWeights(parameters, blas: .opened), on: tape
      ).array
    }
    let untrained = zip(
      probabilities(encoder, parameters), ClassifierRun(plain).probabilities(of: Self.batch))
    #expect(untrained.allSatisfy { abs($0 - $1) < 1e-6 })
    for entry in encoder.layout.entries where entry.name.hasSuffix(".lora_B.weight") {
      var random = RandomSource(seed: 8).stream(entry.name)
      random.fillNormal(parameters[entry], deviation: 0.3)
    }
    let adapted = probabilities(encoder, parameters)
    let (merged, weights) = encoder.merged(parameters, blas: .opened)
    #expect(merged.layout.entries.map(\.name) == plain.layout.entries.map(\.name))
    let found = probabilities(merged, weights)
    #expect(zip(adapted, found).allSatisfy { abs($0 - $1) < 1e-5 })
    #expect(adapted != ClassifierRun(plain).probabilities(of: Self.batch))
  }

  @Test func `every parameter lies in the embeddings, in a layer, or after them`() {
    let encoder = Encoder(SmallNetwork.encoderConfiguration)
    let depths = encoder.layout.entries.map { encoder.depth(of: $0.name) }
    #expect(depths == depths.sorted())
    #expect(depths.filter { $0 == 0 }.count == 5)
    #expect(depths.filter { $0 == 3 }.count == 4)
  }

  @Test func `the vectors of rows are their first states or the mean of all`() {
    let encoder = Encoder(SmallNetwork.encoderConfiguration)
    let run = ClassifierRun(encoder)
    let tape = Tape(.opened)
    tape.begin(run.parameters)
    let rows = encoder.rows(Self.batch, on: tape)
    let states = encoder.hiddenStates(of: rows, on: tape)
    let top = states[states.count - 1].value
    var (first, mean) = ([Float](), [Float]())
    for row in 0..<rows.words.count {
      let words = rows.words.words(ofRow: row)
      for column in 0..<12 {
        let values = words.map { top[$0 * 12 + column] }
        first.append(values[0])
        mean.append(values.reduce(0, +) / Float(values.count))
      }
    }
    for (pooling, expected) in [(Encoder.Pooling.first, first), (.mean, mean)] {
      let found = encoder.features(
        of: Self.batch, by: pooling,
        with: encoder.inferenceWeights(run.parameters, blas: .opened), on: tape
      ).array
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }

  @Test(arguments: Encoder.Family.allCases, Encoder.Pooling.allCases)
  func `inference answers as a step that trains computes, with and without adapters`(
    family: Encoder.Family, pooling: Encoder.Pooling
  ) {
    var configuration = SmallNetwork.encoderConfiguration
    configuration.family = family
    configuration.segmentCount = family == .bert ? 2 : 0
    configuration.pooling = pooling
    for adapters in [nil, Encoder.LowRankAdapters()] {
      configuration.adapters = adapters
      let encoder = Encoder(configuration)
      let parameters = ParameterBuffer(encoder.layout)
      var random = RandomSource(seed: 5)
      random.fillNormal(parameters.flat, deviation: 0.3)
      let tape = Tape(.opened)
      tape.begin(parameters, gradient: ParameterBuffer(encoder.layout), dropping: false)
      let expected = encoder.logits(of: Self.batch, on: tape).value.array
      tape.begin(encoder.inferenceWeights(parameters, blas: .opened))
      let found = encoder.logits(of: Self.batch, on: tape).value.array
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 * (1 + abs($1)) })
    }
  }

  @Test func `memory for predicting does not grow with the layers`() {
    func byteCount(layers: Int) -> Int {
      var configuration = SmallNetwork.encoderConfiguration
      configuration.layerCount = layers
      configuration.width = 96
      configuration.innerWidth = 384
      let run = ClassifierRun(Encoder(configuration))
      let tape = Tape(.opened)
      let batch = ClassificationBatch.random(lengths: [Int32](repeating: 22, count: 40))
      let weights = run.model.inferenceWeights(run.parameters, blas: .opened)
      for _ in 0..<2 { _ = run.model.predict(batch, with: weights, on: tape) }
      return tape.arena.byteCount
    }
    #expect(byteCount(layers: 8) < byteCount(layers: 2) + 100_000)
  }
}
