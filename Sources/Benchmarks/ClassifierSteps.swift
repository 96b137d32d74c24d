import Cores
import Datasets
import Layers
import Models
import Synchronization
import Tensors
import Training

/// Training steps and inference of a classifier on one batch, beside PyTorch's.
struct ClassifierSteps<Network: Classifier>: ~Copyable {
  private let model: Network
  private let batch: ClassificationBatch
  private let weights: ParameterBuffer
  private let gradient: ShardedGradient
  private var optimizer: Optimizer
  private let workers: [Worker]

  /// The memory of one shard's inference.
  private final class Worker: Sendable {
    let tape: Mutex<Tape>

    init(_ blas: OpenBLAS) { tape = Mutex(Tape(blas)) }
  }

  private init(_ model: Network, rows: Int, width: Int, _ rule: any UpdateRule, blas: OpenBLAS) {
    self.model = model
    workers = (0..<Self.shards).map { _ in Worker(blas) }
    var random = RandomSource(seed: 1)
    weights = ParameterBuffer(model.layout, initializedFrom: random)
    gradient = ShardedGradient(of: model, shards: Self.shards, blas: blas)
    optimizer = Optimizer(rule, layout: model.layout)
    batch = ClassificationBatch(
      tokens: (0..<rows * width).map { _ in
        Int32(1 + random.index(below: model.vocabularySize - 1))
      }, width: width, lengths: Array(repeating: Int32(width), count: rows),
      labels: (0..<rows).map { _ in Int32(random.index(below: model.classCount)) })
  }

  private static var shards: Int { 4 }

  private mutating func train(cores: Int) {
    _ = gradient.compute(
      model, batch, weights, random: RandomSource(seed: UInt64(optimizer.steps)), cores: cores)
    optimizer.step(weights, along: gradient.mean, rate: 1e-3, cores: cores)
    model.constrain(weights)
  }

  private func infer(cores: Int) {
    concurrently(Self.shards, cores: cores) { [model, batch, weights, workers] index in
      let part = batch.shard(index, of: Self.shards)
      flushingSubnormals {
        workers[index].tape.withLock { _ = model.predict(part, parameters: weights, on: $0) }
      }
    }
  }

  /// Shows what one to all cores need for batches of full rows.
  static func show(
    _ name: String, _ model: Network, rows: Int, width: Int, _ rule: any UpdateRule = Adam(),
    peer: TorchFigures?, blas: OpenBLAS
  ) {
    for cores in 1...availableCores() {
      var subject = Self(model, rows: rows, width: width, rule, blas: blas)
      let name = "\(name), \(rows) × \(width) tokens"
      Measurement(
        subject: "\(name), training, \(cores) cores", unit: "ms",
        values: Measurement.times(30) { subject.train(cores: cores) },
        peer: peer.map { ("PyTorch", $0.training) }
      ).show()
      Measurement(
        subject: "\(name), inference, \(cores) cores", unit: "ms",
        values: Measurement.times(30) { subject.infer(cores: cores) },
        peer: peer.map { ("PyTorch", $0.inference) }
      ).show()
    }
  }
}
