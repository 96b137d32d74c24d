import Datasets
import Layers
import Models
import Tensors

/// Made-up pairs in which each word of the source is one more in the target, and a small translator.
package struct TranslationPairs {
  package let sources: [[Int32]]
  package let targets: [[Int32]]

  package init(count: Int, seed: UInt64 = 8) {
    var random = RandomSource(seed: seed)
    sources = (0..<count).map { _ in
      (0..<1 + random.index(below: 7)).map { _ in Int32(4 + random.index(below: 16)) } + [2]
    }
    targets = sources.map { $0.map { $0 == 2 ? 2 : $0 + 1 } }
  }

  package var examples: Examples<TranslationBatch> { Examples(sources: sources, targets: targets) }

  /// - Parameter dropProbability: 0 for results that can be computed twice.
  package static func model(dropProbability: Float = 0.1) -> ConvS2S {
    var configuration = ConvS2S.Configuration(sourceVocabularySize: 20, targetVocabularySize: 22)
    configuration.embeddingWidth = 16
    configuration.encoderLayers = [.init(16, width: 3)]
    configuration.decoderLayers = [.init(16, width: 3), .init(16, width: 3)]
    configuration.attention = [true, false]
    configuration.outputEmbeddingWidth = 16
    configuration.labelSmoothing = LabelSmoothing(0.1)
    configuration.dropProbability = dropProbability
    return ConvS2S(configuration)
  }
}
