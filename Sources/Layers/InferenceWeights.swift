import Tensors

/// The weights of a model that learns nothing meanwhile, those of some layers as products read them.
///
/// What is learnt beside a weight is in it.
package final class InferenceWeights: Sendable {
  package let parameters: ParameterBuffer
  /// What both sides of products with weights are rounded to.
  package let precision: Precision
  /// Normalised weights, computed once; nil where the model has none.
  let normalized: NormalizedWeights?
  private let matrices: [LinearLayer: LaidOutMatrix]
  private let recurrent: [RecurrentDirection: RecurrentWeights]

  /// Copies the weights of these layers; nothing may write the parameters while it is in use.
  package init(
    _ parameters: ParameterBuffer, in precision: Precision, packing layers: [LinearLayer],
    _ directions: [(cell: RecurrentCell, direction: RecurrentDirection)], blas: OpenBLAS
  ) {
    self.parameters = parameters
    self.precision = precision
    normalized = nil
    recurrent = [:].merging(
      directions.map { cell, direction in
        (direction, RecurrentWeights(inferring: direction, of: cell, parameters, in: precision))
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
          LaidOutMatrix(
            weight.matrix.transposed, startingFrom: parameters[layer.bias], in: precision)
        )
      }
    ) { $1 }
  }

  /// Weights of which none are laid out; nothing may write them while it is in use.
  package init(
    _ parameters: ParameterBuffer, in precision: Precision, normalized: NormalizedWeights
  ) {
    self.parameters = parameters
    self.precision = precision
    self.normalized = normalized
    (matrices, recurrent) = ([:], [:])
  }

  subscript(layer: LinearLayer) -> LaidOutMatrix? { matrices[layer] }
  subscript(direction: RecurrentDirection) -> RecurrentWeights? { recurrent[direction] }
}
