import Datasets
import Layers
import Tensors

/// The encoded source, to which the decoder attends.
package struct EncodedSource {
  package let sentences: Sentences
  /// [words, embedding width] what queries are compared with, sentence by sentence.
  package let keys: Variable
  /// [words, embedding width] what attention sums up: the keys plus the embedded words.
  package let values: Variable
}

/// The encoder: convolutions over the source, centred at each word.
package struct ConvS2SEncoder: Hashable, Sendable {
  private let embedding: ConvS2SEmbedding
  private let padding: Int
  private let widen: ConvS2SLinear
  private let layers: [ConvS2SLayer]
  private let narrow: ConvS2SLinear
  private let dropProbability: Float
  /// The factor of the gradient that comes from the decoder: 1 / (2 · its layers with attention).
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
      x = tape.convolve(x, layer, sentences.packing, .centered)
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
