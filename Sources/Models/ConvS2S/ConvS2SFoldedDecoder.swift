import Layers
import Tensors

/// A decoder's weights for decoding: normalised once, and laid out for small products.
///
/// Many decoders may read it at the same time.
struct ConvS2SFoldedDecoder: Sendable {
  /// A weight [in, out] and a bias [out].
  struct Linear: Sendable {
    let weight: Parameter
    let bias: Parameter
  }

  struct Layer: Sendable {
    let projection: Linear?
    /// [width · channels in, 2 · channels out].
    let convolution: Linear
    let width: Int
    let attention: (input: Linear, output: Linear)?
  }

  let weights: ParameterBuffer
  let words: Parameter
  let positions: Parameter
  let widen: Linear
  let layers: [Layer]
  let narrow: Linear
  let output: Linear

  init(_ decoder: ConvS2SDecoder, _ parameters: ParameterBuffer) {
    var folding = Folding()
    words = folding.add(decoder.embedding.words)
    positions = folding.add(decoder.embedding.positions)
    widen = folding.add(decoder.widen)
    layers = zip(decoder.layers, decoder.attention).map { layer, attention in
      Layer(
        projection: layer.projection.map { folding.add($0) },
        convolution: Linear(
          weight: folding.add(layer.weight), bias: folding.add(layer.bias)),
        width: layer.width,
        attention: attention.map { (folding.add($0.input), folding.add($0.output)) })
    }
    narrow = folding.add(decoder.narrow)
    output = Linear(
      weight: decoder.output.map { folding.add($0) }
        ?? folding.add(decoder.embedding.words, transposed: true),
      bias: folding.add(decoder.outputBias))
    weights = folding.weights(from: parameters)
  }
}

/// The layout of the folded weights, and which parameter each is computed from.
private struct Folding {
  private enum Origin {
    case parameter(Parameter, transposed: Bool)
    case normalized(NormalizedWeight)
  }

  private var layout = ParameterLayout()
  private var origins: [(origin: Origin, place: Parameter)] = []

  mutating func add(_ layer: ConvS2SLinear) -> ConvS2SFoldedDecoder.Linear {
    ConvS2SFoldedDecoder.Linear(weight: add(layer.weight), bias: add(layer.bias))
  }

  mutating func add(_ parameter: Parameter, transposed: Bool = false) -> Parameter {
    let shape: Shape =
      transposed
      ? [parameter.columns, parameter.rows] : [parameter.rows, parameter.columns]
    return add(.parameter(parameter, transposed: transposed), shape)
  }

  /// A linear layer's weight transposed, a convolution's as it is: both [in, out].
  mutating func add(_ weight: NormalizedWeight) -> Parameter {
    let (rows, columns) = (weight.direction.rows, weight.direction.columns)
    return add(
      .normalized(weight), weight.norm == .perRow ? [columns, rows] : [rows, columns])
  }

  private mutating func add(_ origin: Origin, _ shape: Shape) -> Parameter {
    let place = layout.add("\(origins.count)", shape, .constant(0))
    origins.append((origin, place))
    return place
  }

  func weights(from parameters: ParameterBuffer) -> ParameterBuffer {
    let folded = ParameterBuffer(layout)
    let arena = Arena()
    for (origin, place) in origins {
      arena.reset()
      switch origin {
      case .parameter(let parameter, let transposed):
        let matrix = parameters[parameter].matrix
        copy(transposed ? matrix.transposed : matrix, into: folded[place].matrix)
      case .normalized(let weight):
        let matrix = weight.value(from: parameters, in: arena).weight.matrix
        copy(weight.norm == .perRow ? matrix.transposed : matrix, into: folded[place].matrix)
      }
    }
    return folded
  }
}
