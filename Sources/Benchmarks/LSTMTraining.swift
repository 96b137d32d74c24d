import Cores
import Datasets
import Layers
import Models
import Synchronization
import Tensors
import Training

/// Training steps and inference of the bidirectional LSTM classifier, beside PyTorch's.
struct LSTMTraining: ~Copyable {
  /// The sizes of a model and of its batches.
  struct Size {
    let embedding: Int
    let hidden: Int
    let rows: Int
    let width: Int

    static let all = [
      Size(embedding: 64, hidden: 64, rows: 32, width: 200),
      Size(embedding: 128, hidden: 256, rows: 64, width: 100),
    ]
  }

  private let model: LSTMClassifier
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

  private init(_ size: Size, blas: OpenBLAS) {
    workers = (0..<Self.shards).map { _ in Worker(blas) }
    var configuration = LSTMClassifier.Configuration(vocabularySize: 5000, classCount: 14)
    configuration.embeddingWidth = size.embedding
    configuration.hiddenWidth = size.hidden
    configuration.denseWidth = size.hidden
    model = LSTMClassifier(configuration)
    var random = RandomSource(seed: 1)
    weights = ParameterBuffer(model.layout, initializedFrom: random)
    gradient = ShardedGradient(of: model, shards: Self.shards, blas: blas)
    optimizer = Optimizer(Adam(), layout: model.layout)
    batch = ClassificationBatch(
      tokens: (0..<size.rows * size.width).map { _ in Int32(1 + random.index(below: 4999)) },
      width: size.width, lengths: Array(repeating: Int32(size.width), count: size.rows),
      labels: (0..<size.rows).map { _ in Int32(random.index(below: 14)) })
  }

  private static let shards = 4

  private mutating func train(cores: Int) {
    _ = gradient.compute(
      model, batch, weights, random: RandomSource(seed: UInt64(optimizer.steps)), cores: cores)
    optimizer.step(weights, along: gradient.mean, rate: 1e-3, cores: cores)
  }

  private func infer(cores: Int) {
    concurrently(Self.shards, cores: cores) { [model, batch, weights, workers] index in
      let part = batch.shard(index, of: Self.shards)
      flushingSubnormals {
        workers[index].tape.withLock { _ = model.predict(part, parameters: weights, on: $0) }
      }
    }
  }

  static func run() throws {
    let blas = try OpenBLAS.load()
    for size in Size.all {
      let peer = TorchLSTM.measure(size)
      for cores in 1...availableCores() {
        var subject = LSTMTraining(size, blas: blas)
        let name = "lstm \(size.embedding)/\(size.hidden), \(size.rows) × \(size.width) tokens"
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
}
