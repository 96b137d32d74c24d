import Datasets
import Layers
import Tensors

/// A network with parameters and a loss, which is all that training needs to know of it.
package protocol Model: Sendable {
  associatedtype Batch: Shardable

  /// The parameters, their shapes and how they start.
  var layout: ParameterLayout { get }

  /// The weights that are computed from parameters once a step, for all its shards.
  var normalizedWeights: [NormalizedWeight] { get }

  /// The linear layers whose weights are laid out for products before much is inferred with them.
  var packedLayers: [LinearLayer] { get }

  /// The recurrent cells whose weights are laid out likewise.
  var packedCells: [PackedCells] { get }

  /// The filters whose weights are laid out likewise, those that read the same words together.
  var packedFilters: [[WindowFilters]] { get }

  /// The floats that a step holds for each token of a batch, about; 0 when that is little.
  var floatsPerToken: Int { get }

  /// The forward pass up to the summed loss; call `tape.backward()` for the gradient.
  func loss(of batch: Batch, on tape: Tape) -> Loss

  /// Brings parameters back to where they may be, after each step of an optimiser.
  func constrain(_ parameters: ParameterBuffer)
}

extension Model {
  package var normalizedWeights: [NormalizedWeight] { [] }
  package var packedLayers: [LinearLayer] { [] }
  package var packedCells: [PackedCells] { [] }
  package var packedFilters: [[WindowFilters]] { [] }
  package var floatsPerToken: Int { 0 }
  package func constrain(_ parameters: ParameterBuffer) {}

  /// Weights that stay as they are, laid out for inference.
  package func inferenceWeights(
    _ parameters: ParameterBuffer, in precision: Precision = .float32, blas: OpenBLAS
  ) -> InferenceWeights {
    InferenceWeights(
      parameters, in: precision, packing: packedLayers, packedCells, packedFilters, blas: blas)
  }

  /// The summed loss of a shard; its gradient (of the sum) is added to `gradient`.
  ///
  /// - Parameters:
  ///   - learnt: the places that are trained; nil for all.
  ///   - normalized: the step's normalised weights; with them, `gradient` gets the gradient of these
  ///     instead of that of the parameters they were computed from.
  ///   - shared: what the shards of the step lay out in common.
  ///   - random: for dropout; give each shard of each step its own stream.
  package func lossAndGradient(
    of shard: Batch, parameters: ParameterBuffer, learning learnt: [Range<Int>]? = nil,
    normalized: NormalizedWeights? = nil, sharing shared: StepWeights? = nil,
    into gradient: ParameterBuffer, on tape: Tape, random: RandomSource
  ) -> Loss {
    tape.begin(
      parameters, gradient: gradient, learning: learnt, normalized: normalized, sharing: shared,
      random: random)
    let loss = loss(of: shard, on: tape)
    tape.backward()
    return loss
  }

  /// The summed loss of a batch without dropout and without a gradient.
  package func loss(of batch: Batch, parameters: ParameterBuffer, on tape: Tape) -> Loss {
    tape.begin(parameters)
    return loss(of: batch, on: tape)
  }
}
