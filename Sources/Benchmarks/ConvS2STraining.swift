import Datasets
import Layers
import Models
import Tensors
import Training

/// Training steps of `fconv-iwslt-de-en` at 4,000 tokens a batch.
struct ConvS2STraining {
  private let model: ConvS2S
  private let weights: ParameterBuffer
  private let gradient: ShardedGradient
  private let batch: TranslationBatch

  /// Sentences as long as Multi30k's, and its vocabularies after 10,000 joint merges.
  init(shards: Int) {
    var configuration = ConvS2S.Configuration(
      .iwslt, sourceVocabularySize: 7072, targetVocabularySize: 5208)
    configuration.dropProbability = 0.2
    configuration.labelSmoothing = LabelSmoothing(0.1)
    model = ConvS2S(configuration)
    weights = ParameterBuffer(model.layout, initializedFrom: RandomSource(seed: 1))
    gradient = ShardedGradient(model.layout, shards: shards)
    let lengths = (0..<270).map { 13 + $0 % 3 }
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

  func run() {
    for cores in [1, 2] {
      let times = Measurement.times(9) {
        _ = gradient.compute(model, batch, weights, random: RandomSource(seed: 1), cores: cores)
      }
      Measurement(
        subject: "convs2s training, 1,000 target tokens, \(cores) cores", unit: "ms",
        values: times.map { $0 * 1000 / Double(batch.target.ids.count) }
      ).show()
    }
  }
}
