extension ConvS2S {
  /// The architectures that fairseq has names for.
  package enum Architecture: String, CaseIterable, Hashable, Sendable {
    case iwslt = "fconv-iwslt-de-en"
    case base = "fconv"
    case romanian = "fconv-wmt-en-ro"
    case german = "fconv-wmt-en-de"
    case french = "fconv-wmt-en-fr"

    var embeddingWidth: Int {
      switch self {
      case .iwslt: 256
      case .base, .romanian: 512
      case .german, .french: 768
      }
    }

    var encoderLayers: [Convolution] {
      switch self {
      case .iwslt: .layers(4, of: 256)
      case .base, .romanian: .layers(20, of: 512)
      case .german: .layers(9, of: 512) + .layers(4, of: 1024) + .layers(2, of: 2048, width: 1)
      case .french:
        .layers(6, of: 512) + .layers(4, of: 768) + .layers(3, of: 1024)
          + .layers(1, of: 2048, width: 1) + .layers(1, of: 4096, width: 1)
      }
    }

    var decoderLayers: [Convolution] { self == .iwslt ? .layers(3, of: 256) : encoderLayers }

    var outputEmbeddingWidth: Int {
      switch self {
      case .iwslt, .base: 256
      case .romanian, .german, .french: 512
      }
    }
  }
}

extension ConvS2S.Configuration {
  /// A named architecture of fairseq's, with attention in every decoder layer.
  package init(
    _ architecture: ConvS2S.Architecture, sourceVocabularySize: Int, targetVocabularySize: Int
  ) {
    self.init(
      sourceVocabularySize: sourceVocabularySize, targetVocabularySize: targetVocabularySize)
    embeddingWidth = architecture.embeddingWidth
    encoderLayers = architecture.encoderLayers
    decoderLayers = architecture.decoderLayers
    attention = decoderLayers.map { _ in true }
    outputEmbeddingWidth = architecture.outputEmbeddingWidth
  }
}

extension [ConvS2S.Convolution] {
  fileprivate static func layers(_ count: Int, of channels: Int, width: Int = 3) -> Self {
    Self(repeating: ConvS2S.Convolution(channels, width: width), count: count)
  }
}
