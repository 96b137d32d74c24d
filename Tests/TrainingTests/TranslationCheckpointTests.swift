import Datasets
import Diagnostics
import Fixtures
import Foundation
import Layers
import ModelKinds
import Tensors
import Testing
import Training

/// A translator's training, stopped and killed at every step, with all that a state can hold.
struct TranslationCheckpointTests {
  private static let model = TranslationPairs.model(dropProbability: 0.3)
  private static let pairs = TranslationPairs(count: 30).examples
  private static let heldOut = TranslationPairs(count: 10, seed: 9).examples
  private static let epochs = 4

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func fit(
    _ averaging: WeightAveraging?, _ precision: Precision, _ checkpoints: Checkpoints? = nil,
    cores: Int = 2, shouldStop: () -> Bool = { false }
  ) throws -> FitResult {
    let options = TrainingOptions(
      epochs: Self.epochs, rule: NAG(momentum: 0.99),
      schedule: Schedule(peak: 0.25, shape: .plateau(factor: 0.1, patience: 0, threshold: 1e-4)),
      clipNorm: 0.1, batchLimit: BatchLimit(tokens: 50), shards: 3, precision: precision,
      monitor: Monitor(score: "perplexity"), averaging: averaging)
    let evaluator = TranslationEvaluator(Self.model, cores: 1, blas: .opened)
    return try Trainer(Self.model, options, cores: cores, blas: .opened).fit(
      Self.pairs, checkpoints: checkpoints,
      validate: { weights throws(Diagnostic) in
        let loss = try evaluator.loss(of: Self.heldOut, with: weights)
        return ["loss": loss.meanSmoothed, "perplexity": loss.perplexity]
      }, shouldStop: shouldStop)
  }

  /// Every byte of a finished training, and the bits of its result.
  private func bytes(_ result: consuming FitResult) throws -> (file: Data, result: [UInt32]) {
    let state = try result.endState()
    return (try folder.bytes(of: state), state.finalWeights.bits)
  }

  @Test(
    .timeLimit(.minutes(120)),
    arguments: [
      (nil, Precision.float32), (WeightAveraging(.last, of: 2), .float32),
      (.init(.best, of: 3), .float32), (nil, .bfloat16),
    ])
  func `a translator killed or stopped at any step and run again is never interrupted`(
    _ averaging: WeightAveraging?, _ precision: Precision
  ) throws {
    let whole = try bytes(fit(averaging, precision))
    let left = try folder.checkpoints("left")
    var step = 0
    _ = try fit(
      averaging, precision, left,
      shouldStop: {
        step += 1
        folder.keep(left, in: "left-\(step)")
        return false
      })
    #expect(step >= 3 * Self.epochs)
    for number in 1...step {
      let killed = try bytes(
        fit(
          averaging, precision, Checkpoints(folder: folder.path("left-\(number)")), cores: 1))
      #expect(killed.file == whole.file && killed.result == whole.result, "killed at \(number)")
    }
    let stopped = try folder.checkpoints("stopped")
    var asked = 0
    _ = try fit(
      averaging, precision, stopped,
      shouldStop: {
        asked += 1
        return asked == step / 2
      })
    #expect(try bytes(fit(averaging, precision, stopped)).file == whole.file)
  }
}
