import Tensors

/// The cells of one direction of a layer, whose weights are laid out once for much inference.
package struct PackedCells {
  package let cell: RecurrentCell
  package let direction: RecurrentDirection
  /// The vectors of words that are the layer's input; nil where it reads something else.
  package let words: Parameter?

  package init(_ cell: RecurrentCell, _ direction: RecurrentDirection, words: Parameter? = nil) {
    (self.cell, self.direction, self.words) = (cell, direction, words)
  }
}

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
  private let words: [RecurrentDirection: WordSums]
  private let banks: [[WindowFilters]: FilterBank]

  /// Copies the weights of these layers; nothing may write the parameters while it is in use.
  ///
  /// - Parameter wordByteLimit: the most bytes that are kept, for each direction of cells that read
  ///   words, of what words add to their sums.
  package init(
    _ parameters: ParameterBuffer, in precision: Precision, packing layers: [LinearLayer],
    _ cells: [PackedCells], _ filters: [[WindowFilters]] = [], wordByteLimit: Int = 32 << 20,
    blas: OpenBLAS
  ) {
    self.parameters = parameters
    self.precision = precision
    normalized = nil
    var recurrent: [RecurrentDirection: RecurrentWeights] = [:]
    var words: [RecurrentDirection: WordSums] = [:]
    for cells in cells {
      let weights = RecurrentWeights(
        inferring: cells.direction, of: cells.cell, parameters, in: precision)
      recurrent[cells.direction] = weights
      words[cells.direction] = cells.words.map {
        WordSums(weights.input, words: $0.rows, byteLimit: wordByteLimit)
      }
    }
    (self.recurrent, self.words) = (recurrent, words)
    let arena = Arena()
    banks = [:].merging(
      filters.map { filters in
        (filters, FilterBank(filters, parameters, in: arena) { LaidOutMatrix($0, in: precision) })
      }
    ) { $1 }
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
    (matrices, recurrent, words, banks) = ([:], [:], [:], [:])
  }

  subscript(layer: LinearLayer) -> LaidOutMatrix? { matrices[layer] }
  subscript(direction: RecurrentDirection) -> RecurrentWeights? { recurrent[direction] }
  subscript(filters: [WindowFilters]) -> FilterBank? { banks[filters] }

  /// What words add to the sums of a direction that reads their vectors.
  func wordSums(of direction: RecurrentDirection) -> WordSums? { words[direction] }
}
