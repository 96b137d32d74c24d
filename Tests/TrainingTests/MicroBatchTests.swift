import Datasets
import Diagnostics
import Fixtures
import Layers
import Tensors
import Testing
import Training

/// Gradients that are added up over pieces of a batch.
struct MicroBatchTests {
  private static let examples = Sample(rows: 50).examples
  private static let stepsPerEpoch = 3

  private func model(dropping probability: Float = 0) -> MeanClassifier {
    var model = MeanClassifier(
      vocabularySize: Sample.vocabularySize, classCount: Sample.classCount,
      dropProbability: probability)
    model.classWeights = [1, 2, 0.5]
    return model
  }

  private func train(
    _ limit: BatchLimit?, dropping probability: Float = 0.3, cores: Int = 2,
    checkpoints: Checkpoints? = nil, shouldStop: () -> Bool = { false }
  ) throws -> FitResult {
    let options = TrainingOptions(
      epochs: 2, schedule: Schedule(peak: 0.05), clipNorm: 0.2, batchLimit: BatchLimit(rows: 20),
      microBatchLimit: limit, shards: 2)
    return try Trainer(model(dropping: probability), options, cores: cores, blas: .opened).fit(
      Self.examples, checkpoints: checkpoints, shouldStop: shouldStop)
  }

  @Test(arguments: [1, 2, 3, 7, 20, 99])
  func `the gradient added up over pieces is the whole batch's up to rounding`(
    _ count: Int
  ) throws {
    let model = model()
    let batch = try Self.examples.batch(ArraySlice(0..<20))
    let weights = ParameterBuffer(model.layout, initializedFrom: RandomSource(seed: 4))
    func compute(_ count: Int) -> (gradient: ShardedGradient, loss: Double, norm: Double) {
      let gradient = ShardedGradient(of: model, shards: 2, blas: .opened)
      let found = gradient.compute(
        model, batch, weights, microBatches: count, random: RandomSource(seed: 5), cores: 2)
      return (gradient, found.loss.mean, found.norm)
    }
    let (whole, pieces) = (compute(1), compute(count))
    #expect(abs(pieces.loss - whole.loss) < 1e-6)
    #expect(abs(pieces.norm - whole.norm) < 1e-6)
    let (a, b) = (pieces.gradient.mean.flat, whole.gradient.mean.flat)
    #expect(a.indices.allSatisfy { abs(a[$0] - b[$0]) < 1e-6 })
    #expect(count == 1 || a.indices.contains { a[$0] != b[$0] })
  }

  @Test func `pieces that hold the whole batch change no byte`() throws {
    let plain = try train(nil).endState()
    #expect(try train(BatchLimit(rows: 20)).endState().weights.bits == plain.weights.bits)
    #expect(try train(BatchLimit(rows: 19)).endState().weights.bits != plain.weights.bits)
  }

  @Test(arguments: [BatchLimit(rows: 3), BatchLimit(tokens: 30), BatchLimit(tokens: 50, rows: 4)])
  func `a training in pieces is stopped and resumed without a trace, on any number of cores`(
    _ limit: BatchLimit
  ) throws {
    let folder = try TemporaryFolder()
    let whole = try folder.bytes(of: train(limit, cores: 1).endState())
    for step in [1, Self.stepsPerEpoch + 2] {
      let checkpoints = try folder.checkpoints("pieces-\(step)")
      var asked = 0
      _ = try train(
        limit, checkpoints: checkpoints,
        shouldStop: {
          defer { asked += 1 }
          return asked == step
        })
      #expect(try folder.bytes(of: train(limit, checkpoints: checkpoints).endState()) == whole)
    }
  }

  @Test(arguments: [
    (BatchLimit(rows: 8), 32, 5, 4), (BatchLimit(rows: 8), 33, 5, 5),
    (BatchLimit(rows: 8), 1, 5, 1),
    (BatchLimit(tokens: 100), 32, 10, 4), (BatchLimit(tokens: 100, rows: 4), 32, 10, 8),
    (BatchLimit(tokens: 1), 2, 3, 6), (BatchLimit(rows: .max), 32, 9, 1),
  ])
  func `a batch goes in as many pieces as the stricter limit asks for`(
    _ limit: BatchLimit, _ rows: Int, _ longest: Int, _ count: Int
  ) {
    #expect(limit.microBatchCount(rows: rows, longest: longest) == count)
  }
}
