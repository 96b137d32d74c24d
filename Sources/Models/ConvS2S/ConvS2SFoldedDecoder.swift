import Layers
import Tensors

/// A decoder's weights for decoding: normalised once, and laid out as products read them.
///
/// Many decoders may read it at the same time.
struct ConvS2SFoldedDecoder: Sendable {
  struct Layer: Sendable {
    let projection: PackedMatrix?
    /// [width · channels in, 2 · channels out], without the bias.
    let convolution: PackedMatrix
    let convolutionBias: Parameter
    let width: Int
    let attention: (input: PackedMatrix, output: PackedMatrix)?
  }

  /// Where the word vectors, the positions and the convolutions' biases are.
  let parameters: ParameterBuffer
  let words: Parameter
  let positions: Parameter
  let widen: PackedMatrix
  let layers: [Layer]
  let narrow: PackedMatrix
  /// [output embedding width, words].
  let output: PackedMatrix

  /// Copies the weights; nothing may write the parameters while it is in use.
  init(_ decoder: ConvS2SDecoder, _ parameters: ParameterBuffer) {
    let folding = Folding(parameters: parameters)
    self.parameters = parameters
    words = decoder.embedding.words
    positions = decoder.embedding.positions
    widen = folding.packed(decoder.widen)
    layers = zip(decoder.layers, decoder.attention).map { layer, attention in
      Layer(
        projection: layer.projection.map { folding.packed($0) },
        convolution: folding.packed(layer.weight, bias: nil),
        convolutionBias: layer.bias, width: layer.width,
        attention: attention.map { (folding.packed($0.input), folding.packed($0.output)) })
    }
    narrow = folding.packed(decoder.narrow)
    output =
      decoder.output.map { folding.packed($0, bias: decoder.outputBias) }
      ?? PackedMatrix(
        parameters[decoder.embedding.words].matrix.transposed,
        startingFrom: parameters[decoder.outputBias])
  }
}

/// Computes normalised weights and lays them out.
private struct Folding {
  let parameters: ParameterBuffer
  private let arena = Arena()

  init(parameters: ParameterBuffer) { self.parameters = parameters }

  func packed(_ layer: ConvS2SLinear) -> PackedMatrix { packed(layer.weight, bias: layer.bias) }

  /// A linear layer's weight is [out, in], a convolution's [in, out]: packed, both are [in, out].
  func packed(_ weight: NormalizedWeight, bias: Parameter?) -> PackedMatrix {
    arena.reset()
    let matrix = weight.value(from: parameters, in: arena).weight.matrix
    return PackedMatrix(
      weight.norm == .perRow ? matrix.transposed : matrix,
      startingFrom: bias.map { parameters[$0] })
  }
}
