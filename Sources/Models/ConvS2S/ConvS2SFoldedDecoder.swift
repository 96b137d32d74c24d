import Layers
import Tensors

/// A decoder's weights for decoding: normalised once, and laid out as products read them.
///
/// Many decoders may read it at the same time.
struct ConvS2SFoldedDecoder: Sendable {
  struct Layer: Sendable {
    let projection: LaidOutMatrix?
    /// [width · channels in, 2 · channels out], without the bias.
    let convolution: LaidOutMatrix
    let convolutionBias: Parameter
    let width: Int
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
        convolution: folding.laidOut(layer.weight, bias: nil),
        convolutionBias: layer.bias, width: layer.width,
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

  /// A linear layer's weight is [out, in], a convolution's [in, out]: packed, both are [in, out].
  func laidOut(_ weight: NormalizedWeight, bias: Parameter?) -> LaidOutMatrix {
    arena.reset()
    let matrix = weight.value(from: parameters, in: arena).weight.matrix
    return LaidOutMatrix(
      weight.norm == .perRow ? matrix.transposed : matrix,
      startingFrom: bias.map { parameters[$0] }, in: precision)
  }
}
