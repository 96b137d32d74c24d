import Layers

extension ConvS2S {
  package struct Configuration: Hashable, Sendable {
    package var sourceVocabularySize: Int
    package var targetVocabularySize: Int
    /// The embedding width of both encoder and decoder, because attention compares the two.
    package var embeddingWidth = 256
    package var encoderLayers = [Convolution](repeating: Convolution(256, width: 3), count: 4)
    package var decoderLayers = [Convolution](repeating: Convolution(256, width: 3), count: 3)
    /// Whether each decoder layer attends to the source.
    package var attention = [Bool](repeating: true, count: 3)
    package var outputEmbeddingWidth = 256
    /// Whether the output layer uses the decoder's input embeddings.
    package var sharesOutputEmbedding = false
    /// Of the inputs of each convolution, of embeddings, and of the output layer's inputs.
    package var dropProbability: Float = 0.1
    package var labelSmoothing = LabelSmoothing(0)
    /// Rows of each table of positions; as in fairseq, positions are counted from `padding` + 1.
    package var positionCount = 1024
    package var padding = 1
    package var end = 2
    package var unknown = 3

    package init(sourceVocabularySize: Int, targetVocabularySize: Int) {
      self.sourceVocabularySize = sourceVocabularySize
      self.targetVocabularySize = targetVocabularySize
    }
  }

  /// One gated convolution: how many channels it gives, over how many words.
  package struct Convolution: Hashable, Sendable {
    package let channels: Int
    package let width: Int

    package init(_ channels: Int, width: Int) {
      precondition(channels > 0 && width > 0, "\(channels) channels over \(width) words")
      self.channels = channels
      self.width = width
    }
  }
}

extension ConvS2S.Configuration {
  /// The longest sentence, end symbol included.
  package var maximumLength: Int { positionCount - padding - 1 }

  /// Whether both models could be in one ensemble: sizes of vocabularies and special ids agree.
  package func numbersWords(as other: Self) -> Bool {
    (sourceVocabularySize, targetVocabularySize, padding, end, unknown)
      == (
        other.sourceVocabularySize, other.targetVocabularySize, other.padding, other.end,
        other.unknown
      )
  }

  func check() {
    precondition(!encoderLayers.isEmpty && !decoderLayers.isEmpty, "a side without convolutions")
    precondition(
      attention.count == decoderLayers.count,
      "attention said of \(attention.count) of \(decoderLayers.count) layers")
    precondition(
      !sharesOutputEmbedding || outputEmbeddingWidth == embeddingWidth,
      "embeddings of \(embeddingWidth) shared with an output of \(outputEmbeddingWidth)")
  }
}
