import Layers
import Tensors

/// The parameters of an encoder, their places and how they start.
struct EncoderParameters: Sendable {
  let embeddings: EncoderEmbeddings
  let layers: [EncoderLayer]
  /// The dense layer of a row's first word.
  let pooler: LinearLayer?
  let classes: LinearLayer
  let layout: ParameterLayout

  init(_ configuration: Encoder.Configuration) {
    var layout = ParameterLayout()
    let names = EncoderNames(family: configuration.family)
    let width = configuration.width
    embeddings = layout.addEmbeddings(configuration, names)
    layers = (0..<configuration.layerCount).map { layout.addLayer($0, configuration, names) }
    pooler =
      configuration.pooling == .pooled
      ? layout.addDense(names.pooler, from: width, to: width, configuration) : nil
    classes = layout.addDense(
      "classifier", from: width, to: configuration.classCount, configuration)
    self.layout = layout
  }
}

extension ParameterLayout {
  fileprivate mutating func addEmbeddings(
    _ configuration: Encoder.Configuration, _ names: EncoderNames
  ) -> EncoderEmbeddings {
    let (width, deviation) = (configuration.width, configuration.initialDeviation)
    return EncoderEmbeddings(
      words: add(
        names.embedding("word_embeddings.weight"), [configuration.vocabularySize, width],
        .normalExceptRow(configuration.padding, deviation: deviation)),
      positions: add(
        names.embedding("position_embeddings.weight"), [configuration.positionCount, width],
        .normal(deviation: deviation)),
      segments: configuration.segmentCount == 0
        ? nil
        : add(
          names.embedding("token_type_embeddings.weight"), [configuration.segmentCount, width],
          .normal(deviation: deviation)),
      norm: addNorm(names.embedding("LayerNorm"), configuration))
  }

  fileprivate mutating func addLayer(
    _ layer: Int, _ configuration: Encoder.Configuration, _ names: EncoderNames
  ) -> EncoderLayer {
    let (width, inner) = (configuration.width, configuration.innerWidth)
    let prefix = names.layer(layer)
    func projection(
      _ projection: Encoder.Projection, _ layout: inout ParameterLayout, from: Int, to: Int
    ) -> LinearLayer {
      let name = prefix + names.projection(projection)
      let dense = layout.addDense(name, from: from, to: to, configuration)
      guard let adapters = configuration.adapters, adapters.projections.contains(projection)
      else { return dense }
      return LinearLayer(
        weight: dense.weight, bias: dense.bias,
        adapter: layout.addAdapter(name, from: from, to: to, adapters))
    }
    return EncoderLayer(
      query: projection(.query, &self, from: width, to: width),
      key: projection(.key, &self, from: width, to: width),
      value: projection(.value, &self, from: width, to: width),
      output: projection(.output, &self, from: width, to: width),
      attentionNorm: addNorm(prefix + names.attentionNorm, configuration),
      inner: projection(.inner, &self, from: width, to: inner),
      outer: projection(.outer, &self, from: inner, to: width),
      outputNorm: addNorm(prefix + names.outputNorm, configuration))
  }

  fileprivate mutating func addDense(
    _ name: String, from inputWidth: Int, to outputWidth: Int,
    _ configuration: Encoder.Configuration
  ) -> LinearLayer {
    LinearLayer(
      weight: add(
        "\(name).weight", [outputWidth, inputWidth],
        .normal(deviation: configuration.initialDeviation)),
      bias: add("\(name).bias", [outputWidth], .constant(0)))
  }

  private mutating func addNorm(
    _ name: String, _ configuration: Encoder.Configuration
  ) -> LayerNormalization {
    LayerNormalization(
      gain: add("\(name).weight", [configuration.width], .constant(1)),
      bias: add("\(name).bias", [configuration.width], .constant(0)),
      epsilon: configuration.normEpsilon)
  }

  /// The product of both matrices is zero at first, so that training starts from the encoder as it is.
  private mutating func addAdapter(
    _ name: String, from inputWidth: Int, to outputWidth: Int, _ adapters: Encoder.LowRankAdapters
  ) -> LowRankAdapter {
    LowRankAdapter(
      down: add(
        "\(name).lora_A.weight", [adapters.rank, inputWidth],
        .normal(deviation: 1 / Float(3 * inputWidth).squareRoot())),
      up: add("\(name).lora_B.weight", [outputWidth, adapters.rank], .constant(0)),
      scale: adapters.alpha / Float(adapters.rank))
  }
}
