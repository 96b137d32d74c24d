import Cores
import Datasets
import Layers
import Models
import Synchronization
import Tensors

/// Training steps and inference of the bidirectional LSTM classifier at two sizes.
struct LSTMTraining {
  let model: LSTMClassifier
  let batch: ClassificationBatch
  let parameters: ParameterBuffer
  let total: ParameterBuffer
  let workers: [Worker]

  /// A shard's tape and gradient.
  final class Worker: Sendable {
    let tape = Mutex(Tape())
    let gradient: ParameterBuffer

    init(_ layout: ParameterLayout) { gradient = ParameterBuffer(layout) }
  }

  init(embedding: Int, hidden: Int, rows: Int, width: Int, shards: Int) {
    var configuration = LSTMClassifier.Configuration(vocabularySize: 5000, classCount: 14)
    configuration.embeddingWidth = embedding
    configuration.hiddenWidth = hidden
    configuration.denseWidth = hidden
    model = LSTMClassifier(configuration)
    var random = RandomSource(seed: 1)
    parameters = ParameterBuffer(model.layout, initializedFrom: random)
    total = ParameterBuffer(model.layout)
    workers = (0..<shards).map { [model] _ in Worker(model.layout) }
    batch = ClassificationBatch(
      tokens: (0..<rows * width).map { _ in Int32(1 + random.index(below: 4999)) }, width: width,
      lengths: Array(repeating: Int32(width), count: rows),
      labels: (0..<rows).map { _ in Int32(random.index(below: 14)) })
  }

  func step(cores: Int) {
    concurrently(workers.count, cores: cores) { index in
      flushingSubnormals {
        let worker = workers[index]
        worker.gradient.flat.fill(0)
        _ = worker.tape.withLock { tape in
          model.lossAndGradient(
            of: batch.shard(index, of: workers.count), parameters: parameters,
            into: worker.gradient, on: tape, random: RandomSource(seed: 1))
        }
      }
    }
    total.flat.fill(0)
    for worker in workers { add(worker.gradient.flat, into: total.flat) }
  }

  func predict(cores: Int) {
    concurrently(workers.count, cores: cores) { index in
      _ = workers[index].tape.withLock { tape in
        model.predict(
          batch.shard(index, of: workers.count), parameters: parameters, on: tape
        ).count
      }
    }
  }
}

func benchmarkLSTMTraining() {
  for (embedding, hidden, rows, width) in [(64, 64, 32, 200)] {
    for shards in [4] {
      let subject = LSTMTraining(
        embedding: embedding, hidden: hidden, rows: rows, width: width, shards: shards)
      for cores in [1, 2] {
        for (name, body) in [("train", subject.step), ("infer", subject.predict)] {
          for _ in 0..<3 { body(cores) }
          let clock = ContinuousClock()
          let times = (0..<31).map { _ in clock.measure { body(cores) } }.sorted()
          let median = times[15] / .milliseconds(1)
          let best = times[0] / .milliseconds(1)
          print(
            "lstm \(name) \(embedding)/\(hidden) \(rows)x\(width) shards \(shards) cores \(cores):",
            "median \(median) min \(best) ms, \(Int(Double(rows) / median * 1000)) rows/s")
        }
      }
    }
  }
}
