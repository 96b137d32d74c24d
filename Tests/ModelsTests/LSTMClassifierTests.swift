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
  private static let poolings = LSTMClassifier.Pooling.allCases

  @Test(arguments: poolings)
  func `padding a batch wider changes no bit`(pooling: LSTMClassifier.Pooling) {
    let run = Run(pooling: pooling)
    let narrow = Self.batch(lengths: [4, 1, 7, 7, 2])
    let wide = narrow.widened(by: 5)
    #expect(run.gradient(of: narrow) == run.gradient(of: wide))
    #expect(run.probabilities(of: narrow) == run.probabilities(of: wide))
  }

  @Test(arguments: poolings)
  func `a row's probabilities do not depend on its batch`(pooling: LSTMClassifier.Pooling) {
    let run = Run(pooling: pooling)
    let batch = Self.batch(lengths: [4, 1, 7, 7, 2])
    let together = run.probabilities(of: batch)
    for row in 0..<batch.rowCount {
      let alone = run.probabilities(of: batch.shard(row, of: batch.rowCount))
      let expected = together[row * 3..<row * 3 + 3]
      #expect(zip(alone, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    }
  }

  @Test func `shards give the same bytes on one core and on two, dropout and all`() {
    let run = Run(pooling: .last, dropProbability: 0.3)
    let batch = Self.batch(lengths: (0..<40).map { Int32(1 + $0 * 7 % 13) })
    let shards = 4
    func gradient(cores: Int) -> [[UInt32]] {
      let results = Mutex([[UInt32]](repeating: [], count: shards))
      concurrently(shards, cores: cores) { index in
        let bits = run.gradient(
          of: batch.shard(index, of: shards), random: RandomSource(seed: 6).stream(index))
        results.withLock { $0[index] = bits }
      }
      return results.withLock { $0 }
    }
    let one = gradient(cores: 1)
    #expect(one == gradient(cores: 2))
    #expect(Set(one).count == shards)
  }

  @Test func `a second step allocates no tensors`() {
    let run = Run(pooling: .max)
    let batch = Self.batch(lengths: [300, 200, 400])
    let tape = Tape(.opened)
    _ = run.model.loss(of: batch, parameters: run.parameters, on: tape)
    tape.begin(run.parameters)
    let byteCount = tape.arena.byteCount
    for _ in 0..<3 { _ = run.model.loss(of: batch, parameters: run.parameters, on: tape) }
    #expect(tape.arena.byteCount == byteCount)
  }

  @Test(.timeLimit(.minutes(1))) func `thirty steps down the gradient lower the loss`() {
    let run = Run(pooling: .mean)
    let batch = Self.batch(lengths: [4, 1, 7, 7, 2, 3, 5, 6, 2, 3])
    func loss() -> Double {
      run.model.loss(of: batch, parameters: run.parameters, on: Tape(.opened)).mean
    }
    let before = loss()
    for _ in 0..<30 {
      let gradient = ParameterBuffer(run.model.layout)
      _ = run.model.lossAndGradient(
        of: batch, parameters: run.parameters, into: gradient, on: Tape(.opened),
        random: .init(seed: 0))
      let slope = gradient.flat
      let weights = run.parameters.flat
      for i in slope.indices { weights[i] -= 0.1 * slope[i] }
    }
    #expect(loss() < 0.95 * before)
  }

  @Test func `class weights make the loss a weighted mean`() {
    let batch = Self.batch(lengths: [4, 1, 7])
    let plain = Run(pooling: .last)
    let weighted = Run(pooling: .last, classWeights: [0, 0, 5])
    let loss = weighted.model.loss(of: batch, parameters: weighted.parameters, on: Tape(.opened))
    let third = plain.probabilities(of: batch)[8]
    #expect(abs(loss.mean + log(Double(third))) < 1e-5)
    #expect(loss.weight == 5)
  }

  /// Rows of these lengths with random tokens; row r is of class r mod 3.
  private static func batch(lengths: [Int32]) -> ClassificationBatch {
    let width = Int(lengths.max() ?? 0)
    var random = RandomSource(seed: 12)
    let tokens = lengths.flatMap { length in
      (0..<width).map { $0 < Int(length) ? Int32(1 + random.index(below: 19)) : 0 }
    }
    return ClassificationBatch(
      tokens: tokens, width: width, lengths: lengths,
      labels: lengths.indices.map { Int32($0 % 3) })
  }
}

/// A small model with its first weights.
private struct Run {
  let model: LSTMClassifier
  let parameters: ParameterBuffer

  init(
    pooling: LSTMClassifier.Pooling, dropProbability: Float = 0, classWeights: [Float] = []
  ) {
    var configuration = LSTMClassifier.Configuration(vocabularySize: 20, classCount: 3)
    configuration.embeddingWidth = 12
    configuration.hiddenWidth = 20
    configuration.layerCount = 2
    configuration.pooling = pooling
    configuration.denseWidth = 9
    configuration.dropProbability = dropProbability
    model = LSTMClassifier(configuration, classWeights: classWeights)
    parameters = ParameterBuffer(model.layout, initializedFrom: RandomSource(seed: 4))
  }

  func gradient(
    of batch: ClassificationBatch, random: RandomSource = RandomSource(seed: 0)
  ) -> [UInt32] {
    let gradient = ParameterBuffer(model.layout)
    _ = model.lossAndGradient(
      of: batch, parameters: parameters, into: gradient, on: Tape(.opened), random: random)
    return gradient.flat.array.map(\.bitPattern)
  }

  func probabilities(of batch: ClassificationBatch) -> [Float] {
    model.predict(batch, parameters: parameters, on: Tape(.opened)).array
  }
}

extension ClassificationBatch {
  fileprivate func widened(by extra: Int) -> ClassificationBatch {
    let wider = (0..<rowCount).flatMap { row in
      tokens[row * width..<(row + 1) * width] + [Int32](repeating: 0, count: extra)
    }
    return ClassificationBatch(
      tokens: wider, width: width + extra, lengths: lengths, labels: labels)
  }
}
