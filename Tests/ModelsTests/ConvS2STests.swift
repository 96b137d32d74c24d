import Datasets
import Fixtures
import Layers
import Models
import Tensors
import Testing
import Training

struct ConvS2STests {
  @Test func `a sentence's loss does not depend on its batch`() {
    let run = SmallTranslator()
    let tape = Tape(.opened)
    let together = run.model.loss(of: run.batch, parameters: run.parameters, on: tape)
    var alone = Loss()
    for row in 0..<run.batch.rowCount {
      alone += run.model.loss(
        of: run.batch.shard(row, of: run.batch.rowCount), parameters: run.parameters, on: tape)
    }
    #expect(together.weight == alone.weight)
    #expect(abs(together.sum - alone.sum) < 1e-5 * alone.sum)
  }

  @Test func `the gradient of a batch is the sum of its sentences'`() {
    let run = SmallTranslator()
    let (together, alone) = (
      ParameterBuffer(run.model.layout), ParameterBuffer(run.model.layout)
    )
    run.addGradient(of: run.batch, to: together)
    for row in 0..<run.batch.rowCount {
      run.addGradient(of: run.batch.shard(row, of: run.batch.rowCount), to: alone)
    }
    for entry in run.model.layout.entries {
      let (found, expected) = (together[entry].array, alone[entry].array)
      let largest = expected.reduce(0) { max($0, abs($1)) }
      #expect(
        zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-5 * max(largest, 1) }, "\(entry.name)")
    }
  }

  /// In the second step nothing that was laid out in the first may be left.
  @Test(arguments: Precision.allCases, [1, 2])
  func `weights laid out once for all shards give what each shard alone gives`(
    precision: Precision, cores: Int
  ) {
    let run = SmallTranslator(dropProbability: 0.2)
    let (layout, weights) = (run.model.layout, run.parameters)
    let sharded = ShardedGradient(of: run.model, shards: 2, precision: precision, blas: .opened)
    let normalized = NormalizedWeights(run.model.normalizedWeights, in: layout)
    for step in 0..<2 {
      let random = RandomSource(seed: UInt64(step))
      _ = sharded.compute(run.model, run.batch, weights, random: random, cores: cores)
      normalized.compute(from: weights, cores: 1)
      let sum = ParameterBuffer(layout)
      var loss = Loss()
      for index in 0..<2 {
        let gradient = ParameterBuffer(layout)
        loss += run.model.lossAndGradient(
          of: run.batch.shard(index, of: 2), parameters: weights, normalized: normalized,
          into: gradient, on: Tape(.opened, precision), random: random.stream(index))
        add(gradient.flat, into: sum.flat)
      }
      normalized.pullBack(sum, weights, cores: 1)
      let share = Float(1 / loss.weight)
      let (found, expected) = (sharded.mean.flat, sum.flat)
      #expect(found.indices.allSatisfy { found[$0] == expected[$0] * share })
      scale(sharded.mean.flat, by: -1, into: weights.flat, adding: true)
    }
  }

  @Test func `dropout leaves the loss of inference alone and moves that of training`() {
    let run = SmallTranslator(dropProbability: 0.3)
    let gradient = ParameterBuffer(run.model.layout)
    func trained(seed: UInt64) -> Double {
      run.model.lossAndGradient(
        of: run.batch, parameters: run.parameters, into: gradient, on: Tape(.opened),
        random: RandomSource(seed: seed)
      ).sum
    }
    #expect(trained(seed: 1) == trained(seed: 1))
    #expect(trained(seed: 1) != trained(seed: 2))
    let inferred = run.model.loss(of: run.batch, parameters: run.parameters, on: Tape(.opened)).sum
    #expect(
      inferred == run.model.loss(of: run.batch, parameters: run.parameters, on: Tape(.opened)).sum)
  }

  @Test(.timeLimit(.minutes(120))) func `forty steps down the gradient lower the loss`() {
    let run = SmallTranslator()
    func loss() -> Double {
      run.model.loss(of: run.batch, parameters: run.parameters, on: Tape(.opened)).mean
    }
    let before = loss()
    for _ in 0..<40 {
      let gradient = ParameterBuffer(run.model.layout)
      run.addGradient(of: run.batch, to: gradient)
      let slope = gradient.flat
      let weights = run.parameters.flat
      for i in slope.indices { weights[i] -= 0.03 * slope[i] }
    }
    #expect(loss() < 0.95 * before)
  }

  @Test(arguments: [
    (ConvS2S.Architecture.iwslt, 4, 3), (.base, 20, 20), (.romanian, 20, 20), (.german, 15, 15),
    (.french, 15, 15),
  ])
  func `named architectures have fairseq's layers`(
    architecture: ConvS2S.Architecture, encoderLayers: Int, decoderLayers: Int
  ) {
    let configuration = ConvS2S.Configuration(
      architecture, sourceVocabularySize: 100, targetVocabularySize: 100)
    #expect(configuration.encoderLayers.count == encoderLayers)
    #expect(configuration.decoderLayers.count == decoderLayers)
    #expect(configuration.maximumLength == 1022)
  }

  @Test func `the small architecture has fairseq's number of parameters`() {
    let configuration = ConvS2S.Configuration(
      .iwslt, sourceVocabularySize: 8848, targetVocabularySize: 6632)
    #expect(ConvS2S(configuration).layout.parameterCount == 9_618_384)
  }
}

/// A small model with its first weights, and sentences of several lengths.
struct SmallTranslator {
  let model: ConvS2S
  var parameters: ParameterBuffer
  let batch: TranslationBatch

  init(dropProbability: Float = 0) {
    var configuration = ConvS2S.Configuration(sourceVocabularySize: 30, targetVocabularySize: 25)
    configuration.embeddingWidth = 12
    configuration.encoderLayers = [.init(16, width: 3), .init(20, width: 5), .init(20, width: 2)]
    configuration.decoderLayers = [.init(16, width: 3), .init(24, width: 2)]
    configuration.attention = [true, true]
    configuration.outputEmbeddingWidth = 10
    configuration.dropProbability = dropProbability
    configuration.labelSmoothing = LabelSmoothing(0.1)
    configuration.positionCount = 64
    model = ConvS2S(configuration)
    parameters = ParameterBuffer(model.layout, initializedFrom: RandomSource(seed: 4))
    batch = TranslationBatch(
      source: Self.rows(lengths: [5, 1, 9, 3], vocabularySize: 30, seed: 1),
      target: Self.rows(lengths: [4, 7, 1, 3], vocabularySize: 25, seed: 2))
  }

  func addGradient(of batch: TranslationBatch, to gradient: ParameterBuffer) {
    _ = model.lossAndGradient(
      of: batch, parameters: parameters, into: gradient, on: Tape(.opened), random: .init(seed: 0))
  }

  /// Random words, each row ending in the end symbol.
  static func rows(lengths: [Int], vocabularySize: Int, seed: UInt64) -> TokenRows {
    var random = RandomSource(seed: seed)
    return TokenRows(
      lengths.map { length in
        (1..<length).map { _ in Int32(4 + random.index(below: vocabularySize - 4)) } + [2]
      })
  }
}
