import Layers
import Tensors

extension Encoder {
  /// The network whose weights have its adapters in them, `w + s · up · down`, and these weights.
  package func merged(
    _ weights: ParameterBuffer, blas: OpenBLAS
  ) -> (encoder: Encoder, weights: ParameterBuffer) {
    var configuration = configuration
    configuration.adapters = nil
    let encoder = Encoder(configuration, classWeights: classWeights)
    let merged = ParameterBuffer(encoder.layout)
    for entry in layout.entries {
      if let plain = encoder.layout[entry.name] { merged[plain].copy(from: weights[entry]) }
    }
    for layer in parameters.layers.flatMap(\.projections) {
      guard let adapter = layer.adapter,
        let plain = layout.entries.first(where: { $0.offset == layer.weight.offset }),
        let target = encoder.layout[plain.name]
      else { continue }
      adapter.add(to: merged[target], weights, blas: blas)
    }
    return (encoder, merged)
  }
}
