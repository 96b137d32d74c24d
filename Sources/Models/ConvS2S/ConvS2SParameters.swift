import Datasets
import Layers
import Tensors

/// A weight-normalised linear layer.
package struct ConvS2SLinear: Hashable, Sendable {
  package let weight: NormalizedWeight
  package let bias: Parameter
}

/// One layer: a convolution, and a projection of its input where the residual needs another width.
package struct ConvS2SLayer: Hashable, Sendable {
  package let projection: ConvS2SLinear?
  /// [width · channels in, 2 · channels out].
  package let weight: NormalizedWeight
  package let bias: Parameter
  package let width: Int

  var normalizedWeights: [NormalizedWeight] { [weight] + (projection.map { [$0.weight] } ?? []) }
}

/// The embeddings of one side's words and positions.
package struct ConvS2SEmbedding: Hashable, Sendable {
  package let words: Parameter
  package let positions: Parameter
}

extension ParameterLayout {
  /// - Parameter dropProbability: of the layer's inputs; the weights start larger to make up for it.
  mutating func addConvS2SLinear(
    _ name: String, from inputWidth: Int, to outputWidth: Int, dropProbability: Float = 0
  ) -> ConvS2SLinear {
    let deviation = ((1 - dropProbability) / Float(inputWidth)).squareRoot()
    let bias = add("\(name).bias", [outputWidth], .constant(0))
    let direction = add(
      "\(name).weight_v", [outputWidth, inputWidth], .normal(deviation: deviation))
    let gain = add("\(name).weight_g", [outputWidth, 1], .norms(.perRow, of: direction))
    return ConvS2SLinear(
      weight: NormalizedWeight(direction: direction, gain: gain, norm: .perRow), bias: bias)
  }

  /// The layers of the encoder or the decoder, the first reading vectors of `width`.
  mutating func addConvS2SLayers(
    _ side: String, _ convolutions: [ConvS2S.Convolution], dropProbability: Float
  ) -> [ConvS2SLayer] {
    var inputWidth = convolutions[0].channels
    return convolutions.enumerated().map { index, convolution in
      let (channels, width) = (convolution.channels, convolution.width)
      let projection =
        inputWidth == channels
        ? nil : addConvS2SLinear("\(side).projections.\(index)", from: inputWidth, to: channels)
      let name = "\(side).convolutions.\(index)"
      let fanIn = Float(width * inputWidth)
      let bias = add("\(name).bias", [2 * channels], .constant(0))
      let direction = add(
        "\(name).weight_v", [width, inputWidth, 2 * channels],
        .normal(deviation: (4 * (1 - dropProbability) / fanIn).squareRoot()))
      let gain = add(
        "\(name).weight_g", [1, 1, 2 * channels], .norms(.perColumn, of: direction))
      inputWidth = channels
      return ConvS2SLayer(
        projection: projection,
        weight: NormalizedWeight(direction: direction, gain: gain, norm: .perColumn), bias: bias,
        width: width)
    }
  }

  mutating func addConvS2SEmbedding(
    _ side: String, vocabularySize: Int, _ configuration: ConvS2S.Configuration
  ) -> ConvS2SEmbedding {
    let start = Initializer.normalExceptRow(configuration.padding, deviation: 0.1)
    let width = configuration.embeddingWidth
    return ConvS2SEmbedding(
      words: add("\(side).embed_tokens.weight", [vocabularySize, width], start),
      positions: add(
        "\(side).embed_positions.weight", [configuration.positionCount, width], start))
  }
}

extension Tape {
  /// The sums of word and position embeddings, packed.
  func embed(
    _ words: TokenRows, in sentences: Sentences, _ embedding: ConvS2SEmbedding, padding: Int
  ) -> Variable {
    embed(
      sentences.packed(words.ids), packing: sentences.packing, table: embedding.words,
      positions: embedding.positions, padding: padding)
  }

  func linear(_ x: Variable, _ layer: ConvS2SLinear) -> Variable {
    linear(x, weight: normalized(layer.weight), bias: layer.bias)
  }

  func convolve(
    _ x: Variable, _ layer: ConvS2SLayer, _ packing: Packing, _ reach: Reach
  ) -> Variable {
    gatedConvolution(
      x, weight: normalized(layer.weight), bias: layer.bias, packing: packing, reach: reach)
  }
}
