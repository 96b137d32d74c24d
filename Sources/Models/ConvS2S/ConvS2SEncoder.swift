import Datasets
import Layers
import Tensors

/// What the decoder attends to.
package struct EncodedSource {
  package let sentences: Sentences
  /// [words, embedding width] what is compared with, sentence by sentence.
  package let keys: Variable
  /// [words, embedding width] what is taken: the keys with the words themselves.
  package let values: Variable
}

/// Reads a sentence: each layer sees some words around every word.
package struct ConvS2SEncoder: Hashable, Sendable {
  private let embedding: ConvS2SEmbedding
  private let padding: Int
  private let widen: ConvS2SLinear
  private let layers: [ConvS2SLayer]
  private let narrow: ConvS2SLinear
  private let dropProbability: Float
  /// What of the decoder's gradient is let through: each of its attentions sends some.
  private let gradientShare: Float

  package func encode(_ source: TokenRows, on tape: Tape) -> EncodedSource {
    let sentences = tape.sentences(lengths: source.lengths)
    let words = tape.dropout(
      tape.embed(source, in: sentences, embedding, padding: padding),
      dropProbability: dropProbability)
    var x = tape.linear(words, widen)
    for layer in layers {
      let residual = layer.projection.map { tape.linear(x, $0) } ?? x
      x = tape.dropout(x, dropProbability: dropProbability)
      x = tape.convolve(x, layer, sentences.packing, .around)
      x = tape.residual(x, residual)
    }
    let keys = tape.scaleGradient(tape.linear(x, narrow), by: gradientShare)
    return EncodedSource(
      sentences: sentences, keys: tape.unpack(keys, sentences),
      values: tape.unpack(tape.residual(keys, words), sentences))
  }

  var normalizedWeights: [NormalizedWeight] {
    [widen.weight, narrow.weight] + layers.flatMap(\.normalizedWeights)
  }
}

extension ConvS2SEncoder {
  init(_ configuration: ConvS2S.Configuration, addingTo layout: inout ParameterLayout) {
    let drop = configuration.dropProbability
    let convolutions = configuration.encoderLayers
    embedding = layout.addConvS2SEmbedding(
      "encoder", vocabularySize: configuration.sourceVocabularySize, configuration)
    padding = configuration.padding
    widen = layout.addConvS2SLinear(
      "encoder.fc1", from: configuration.embeddingWidth, to: convolutions[0].channels,
      dropProbability: drop)
    layers = layout.addConvS2SLayers("encoder", convolutions, dropProbability: drop)
    narrow = layout.addConvS2SLinear(
      "encoder.fc2", from: convolutions[convolutions.count - 1].channels,
      to: configuration.embeddingWidth)
    dropProbability = drop
    let attentions = configuration.attention.count { $0 }
    gradientShare = 1 / Float(2 * max(1, attentions))
  }
}
