import Cores
import Datasets
import Layers
import Models
import Tensors
import Training

/// Training steps of `fconv-iwslt-de-en` at 4,000 tokens a batch, beside PyTorch's.
struct ConvS2STraining: ~Copyable {
  private static let sentences = 270

  private let model: ConvS2S
  private let weights: ParameterBuffer
  private let gradient: ShardedGradient
  private var optimizer: Optimizer
  private let batch: TranslationBatch

  /// Sentences as long as Multi30k's, and its vocabularies after 10,000 joint merges.
  private init(shards: Int, in precision: Precision, blas: OpenBLAS) {
    var configuration = ConvS2S.Configuration(
      .iwslt, sourceVocabularySize: 7072, targetVocabularySize: 5208)
    configuration.dropProbability = 0.2
    configuration.labelSmoothing = LabelSmoothing(0.1)
    model = ConvS2S(configuration)
    weights = ParameterBuffer(model.layout, initializedFrom: RandomSource(seed: 1))
    gradient = ShardedGradient(of: model, shards: shards, precision: precision, blas: blas)
    optimizer = Optimizer(NAG(), layout: model.layout)
    let lengths = (0..<Self.sentences).map { 13 + $0 % 3 }
    batch = TranslationBatch(
      source: Self.rows(lengths, vocabularySize: 7072, seed: 1),
      target: Self.rows(lengths, vocabularySize: 5208, seed: 2))
  }

  private static func rows(_ lengths: [Int], vocabularySize: Int, seed: UInt64) -> TokenRows {
    var random = RandomSource(seed: seed)
    return TokenRows(
      lengths.map { length in
        (1..<length).map { _ in Int32(4 + random.index(below: vocabularySize - 4)) } + [2]
      })
  }

  private mutating func train(cores: Int) {
    let random = RandomSource(seed: UInt64(optimizer.steps))
    let norm = gradient.compute(model, batch, weights, random: random, cores: cores).norm
    optimizer.step(
      weights, along: gradient.mean, rate: 0.25,
      gradientScale: clipCoefficient(norm: norm, limit: 0.1), cores: cores)
  }

  /// What the products of a step multiply, forward and backward.
  private func multiplications(_ blas: OpenBLAS) -> Int {
    let tape = Tape(blas)
    _ = model.lossAndGradient(
      of: batch, parameters: weights, into: ParameterBuffer(model.layout), on: tape,
      random: RandomSource(seed: 1))
    return tape.products.multiplications
  }

  static func run() throws {
    let blas = try OpenBLAS.load()
    for cores in Set([1, availableCores()]).sorted() {
      for precision in Precision.measured {
        let peer = TorchConvS2S.measureTraining(
          sentences: sentences, threads: cores, in: precision)
        var subject = ConvS2STraining(shards: 4, in: precision, blas: blas)
        let times = Measurement.times(9) { subject.train(cores: cores) }
        let tokens = Double(subject.batch.target.ids.count)
        let limit = ProductLimit(in: precision, cores: cores)
          .peer(multiplications: subject.multiplications(blas))
        Measurement(
          subject: "convs2s training\(precision.subject), \(Int(tokens)) target tokens, "
            + "\(cores) cores", unit: "ms",
          values: times, peers: [limit, Peer(precision.peer("PyTorch"), peer)].compactMap(\.self),
          amount: (tokens, "target tokens")
        ).show()
      }
    }
  }
}
