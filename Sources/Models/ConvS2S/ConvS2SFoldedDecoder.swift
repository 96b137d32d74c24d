import Layers
import Tensors

/// A decoder's weights for decoding: normalised once, and laid out as products read them.
///
/// Many decoders may read it at the same time.
struct ConvS2SFoldedDecoder: Sendable {
  struct Layer: Sendable {
    let projection: LaidOutMatrix?
    /// [channels in, 2 · channels out] for each word that the convolution reads, the last one's first.
    let taps: [LaidOutMatrix]
    let convolutionBias: Parameter
    let attention: (input: LaidOutMatrix, output: LaidOutMatrix)?
  }

  /// Where the word vectors, the positions and the convolutions' biases are.
  let parameters: ParameterBuffer
  let words: Parameter
  let positions: Parameter
  let widen: LaidOutMatrix
  let layers: [Layer]
  let narrow: LaidOutMatrix
  /// [output embedding width, words].
  let output: LaidOutMatrix

  /// Copies the weights; nothing may write the parameters while it is in use.
  init(_ decoder: ConvS2SDecoder, _ parameters: ParameterBuffer, in precision: Precision) {
    let folding = Folding(parameters: parameters, precision: precision)
    self.parameters = parameters
    words = decoder.embedding.words
    positions = decoder.embedding.positions
    widen = folding.laidOut(decoder.widen)
    layers = zip(decoder.layers, decoder.attention).map { layer, attention in
      Layer(
        projection: layer.projection.map { folding.laidOut($0) },
        taps: folding.laidOutTaps(layer), convolutionBias: layer.bias,
        attention: attention.map { (folding.laidOut($0.input), folding.laidOut($0.output)) })
    }
    narrow = folding.laidOut(decoder.narrow)
    output =
      decoder.output.map { folding.laidOut($0, bias: decoder.outputBias) }
      ?? LaidOutMatrix(
        parameters[decoder.embedding.words].matrix.transposed,
        startingFrom: parameters[decoder.outputBias], in: precision)
  }
}

/// Computes normalised weights and lays them out.
private struct Folding {
  let parameters: ParameterBuffer
  let precision: Precision
  private let arena = Arena()

  init(parameters: ParameterBuffer, precision: Precision) {
    self.parameters = parameters
    self.precision = precision
  }

  func laidOut(_ layer: ConvS2SLinear) -> LaidOutMatrix { laidOut(layer.weight, bias: layer.bias) }

  /// [in, out] of a linear layer, whose weight is [out, in].
  func laidOut(_ weight: NormalizedWeight, bias: Parameter) -> LaidOutMatrix {
    LaidOutMatrix(
      value(of: weight).matrix.transposed, startingFrom: parameters[bias], in: precision)
  }

  /// [in, out] of each word that a convolution reads, the last one's first.
  func laidOutTaps(_ layer: ConvS2SLayer) -> [LaidOutMatrix] {
    let weight = value(of: layer.weight)
    let channels = weight.rows / layer.width
    return (0..<layer.width).reversed().map { tap in
      LaidOutMatrix(
        weight[rows: tap * channels..<(tap + 1) * channels].matrix, in: precision)
    }
  }

  private func value(of weight: NormalizedWeight) -> Tensor {
    arena.reset()
    return weight.value(from: parameters, in: arena).weight
  }
}
