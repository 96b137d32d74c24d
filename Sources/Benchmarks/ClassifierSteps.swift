import Cores
import Datasets
import Layers
import Models
import Synchronization
import Tensors
import Training

/// Training steps and inference of a classifier on some batches, beside PyTorch's.
struct ClassifierSteps<Network: Classifier>: ~Copyable {
  private let model: Network
  private let batches: [ClassificationBatch]
  private let weights: ParameterBuffer
  private let gradient: ShardedGradient
  private var optimizer: Optimizer
  private let workers: [Worker]

  /// The memory of one shard's inference.
  private final class Worker: Sendable {
    let tape: Mutex<Tape>

    init(_ blas: OpenBLAS) { tape = Mutex(Tape(blas)) }
  }

  /// - Parameter lengths: of the rows of each batch.
  private init(
    _ model: Network, lengths: [[Int]], shards: Int, _ rule: any UpdateRule,
    in precision: Precision, blas: OpenBLAS
  ) {
    self.model = model
    workers = (0..<shards).map { _ in Worker(blas) }
    var random = RandomSource(seed: 1)
    weights = ParameterBuffer(model.layout, initializedFrom: random)
    gradient = ShardedGradient(of: model, shards: shards, precision: precision, blas: blas)
    optimizer = Optimizer(rule, layout: model.layout)
    batches = lengths.map { lengths in
      let width = lengths.max() ?? 0
      return ClassificationBatch(
        tokens: (0..<lengths.count * width).map { _ in
          Int32(1 + random.index(below: model.vocabularySize - 1))
        }, width: width, lengths: lengths.map { Int32($0) },
        labels: lengths.map { _ in Int32(random.index(below: model.classCount)) })
    }
  }

  private mutating func train(cores: Int) {
    for batch in batches {
      _ = gradient.compute(
        model, batch, weights, random: RandomSource(seed: UInt64(optimizer.steps)), cores: cores)
      optimizer.step(weights, along: gradient.mean, rate: 1e-3, cores: cores)
      model.constrain(weights)
    }
  }

  private func infer(with weights: InferenceWeights, cores: Int) {
    for batch in batches {
      concurrently(workers.count, cores: cores) { [model, workers] index in
        let part = batch.shard(index, of: workers.count)
        flushingSubnormals {
          workers[index].tape.withLock { _ = model.predict(part, with: weights, on: $0) }
        }
      }
    }
  }

  /// Shows what one to all cores need for a batch of full rows.
  static func show(
    _ name: String, _ model: Network, rows: Int, width: Int, _ rule: any UpdateRule = Adam(),
    peer: TorchFigures?, blas: OpenBLAS
  ) {
    show(
      "\(name), \(rows) × \(width) tokens", model,
      lengths: [Array(repeating: width, count: rows)], rule, peer: peer, blas: blas)
  }

  /// Shows what one to all cores need for batches of rows of these lengths.
  static func show(
    _ name: String, _ model: Network, lengths: [[Int]], shards: Int = 4, runs: Int = 30,
    _ rule: any UpdateRule = Adam(), peer: TorchFigures?, blas: OpenBLAS
  ) {
    for cores in 1...availableCores() {
      for precision in Precision.measured {
        var subject = Self(
          model, lengths: lengths, shards: shards, rule, in: precision, blas: blas)
        Measurement(
          subject: "\(name), training\(precision.subject), \(cores) cores", unit: "ms",
          values: Measurement.times(runs) { subject.train(cores: cores) },
          peers: [peer?.training(in: precision, cores: cores)].compactMap(\.self)
        ).show()
        let fixed = model.inferenceWeights(subject.weights, in: precision, blas: blas)
        Measurement(
          subject: "\(name), inference\(precision.subject), \(cores) cores", unit: "ms",
          values: Measurement.times(runs) { subject.infer(with: fixed, cores: cores) },
          peers: [peer?.inference(in: precision, cores: cores)].compactMap(\.self)
        ).show()
      }
    }
  }
}
