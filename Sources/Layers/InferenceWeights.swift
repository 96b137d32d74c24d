import Tensors

/// The weights of a model that learns nothing meanwhile, those of some layers as products read them.
///
/// What is learnt beside a weight is in it.
package final class InferenceWeights: Sendable {
  package let parameters: ParameterBuffer
  private let matrices: [LinearLayer: PackedMatrix]
  private let recurrent: [RecurrentDirection: RecurrentWeights]

  /// Copies the weights of these layers; nothing may write the parameters while it is in use.
  package init(
    _ parameters: ParameterBuffer, packing layers: [LinearLayer],
    _ directions: [(cell: RecurrentCell, direction: RecurrentDirection)], blas: OpenBLAS
  ) {
    self.parameters = parameters
    recurrent = [:].merging(
      directions.filter { RecurrentWeights.packs($0.direction) }.map { cell, direction in
        (direction, RecurrentWeights(inferring: direction, of: cell, parameters))
      }
    ) { $1 }
    let arena = Arena()
    matrices = [:].merging(
      layers.map { layer in
        var weight = parameters[layer.weight]
        if let adapter = layer.adapter {
          let sum = arena.tensor(rows: weight.rows, columns: weight.columns)
          sum.copy(from: weight)
          adapter.add(to: sum, parameters, blas: blas)
          weight = sum
        }
        return (
          layer,
          PackedMatrix(weight.matrix.transposed, startingFrom: parameters[layer.bias])
        )
      }
    ) { $1 }
  }

  subscript(layer: LinearLayer) -> PackedMatrix? { matrices[layer] }
  subscript(direction: RecurrentDirection) -> RecurrentWeights? { recurrent[direction] }
}
