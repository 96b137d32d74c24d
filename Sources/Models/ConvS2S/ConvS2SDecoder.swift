import Datasets
import Layers
import Tensors

/// The decoder's output for each place of a batch of targets.
package struct DecodedTarget {
  package let sentences: Sentences
  /// [rows, output embedding width], packed: to be compared with each word of the vocabulary.
  package let words: Variable
  /// The attention of each layer that has one, the lowest first.
  package let attention: [AttentionOutput]
}

/// The decoder: causal convolutions over the target, with attention to the source after each.
package struct ConvS2SDecoder: Hashable, Sendable {
  let embedding: ConvS2SEmbedding
  let padding: Int
  let widen: ConvS2SLinear
  let layers: [ConvS2SLayer]
  let attention: [ConvS2SAttention?]
  let narrow: ConvS2SLinear
  /// The output embedding; nil when it is the input embedding.
  let output: NormalizedWeight?
  package let outputBias: Parameter
  private let dropProbability: Float

  /// - Parameter input: each target with its end symbol moved to the front.
  package func decode(
    _ input: TokenRows, source: EncodedSource, on tape: Tape
  ) -> DecodedTarget {
    let sentences = tape.sentences(lengths: input.lengths)
    let words = tape.dropout(
      tape.embed(input, in: sentences, embedding, padding: padding),
      dropProbability: dropProbability)
    var x = tape.linear(words, widen)
    var attended: [AttentionOutput] = []
    for (layer, attention) in zip(layers, attention) {
      let residual = layer.projection.map { tape.linear(x, $0) } ?? x
      x = tape.dropout(x, dropProbability: dropProbability)
      x = tape.convolve(x, layer, sentences.packing, .causal)
      if let attention {
        let query = tape.residual(tape.linear(x, attention.input), words)
        let found = tape.attend(
          query, keys: source.keys, values: source.values, source: source.sentences,
          target: sentences)
        attended.append(found)
        x = tape.residual(tape.linear(found.context, attention.output), x)
      }
      x = tape.residual(x, residual)
    }
    x = tape.dropout(tape.linear(x, narrow), dropProbability: dropProbability)
    return DecodedTarget(sentences: sentences, words: x, attention: attended)
  }

  /// [vocabulary, output embedding width].
  package func outputWeight(on tape: Tape) -> Variable {
    if let output { tape.normalized(output) } else { tape.weight(embedding.words) }
  }

  var normalizedWeights: [NormalizedWeight] {
    let attentions = attention.compactMap(\.self).flatMap { [$0.input.weight, $0.output.weight] }
    return [widen.weight, narrow.weight] + layers.flatMap(\.normalizedWeights) + attentions
      + (output.map { [$0] } ?? [])
  }
}

/// The two linear layers around one decoder layer's attention.
struct ConvS2SAttention: Hashable, Sendable {
  let input: ConvS2SLinear
  let output: ConvS2SLinear
}

extension ConvS2SDecoder {
  init(_ configuration: ConvS2S.Configuration, addingTo layout: inout ParameterLayout) {
    let drop = configuration.dropProbability
    let convolutions = configuration.decoderLayers
    let width = configuration.embeddingWidth
    let vocabularySize = configuration.targetVocabularySize
    embedding = layout.addConvS2SEmbedding(
      "decoder", vocabularySize: vocabularySize, configuration)
    padding = configuration.padding
    widen = layout.addConvS2SLinear(
      "decoder.fc1", from: width, to: convolutions[0].channels, dropProbability: drop)
    layers = layout.addConvS2SLayers("decoder", convolutions, dropProbability: drop)
    attention = zip(convolutions, configuration.attention).enumerated().map { index, layer in
      guard layer.1 else { return nil }
      let name = "decoder.attention.\(index)"
      let channels = layer.0.channels
      return ConvS2SAttention(
        input: layout.addConvS2SLinear("\(name).in_projection", from: channels, to: width),
        output: layout.addConvS2SLinear("\(name).out_projection", from: width, to: channels))
    }
    narrow = layout.addConvS2SLinear(
      "decoder.fc2", from: convolutions[convolutions.count - 1].channels,
      to: configuration.outputEmbeddingWidth)
    if configuration.sharesOutputEmbedding {
      output = nil
      outputBias = layout.add("decoder.fc3.bias", [vocabularySize], .constant(0))
    } else {
      let layer = layout.addConvS2SLinear(
        "decoder.fc3", from: configuration.outputEmbeddingWidth, to: vocabularySize,
        dropProbability: drop)
      (output, outputBias) = (layer.weight, layer.bias)
    }
    dropProbability = drop
  }
}
