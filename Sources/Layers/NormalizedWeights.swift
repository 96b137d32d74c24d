import Cores
import Tensors

/// The normalised weights of a model, computed once for all the shards of a step.
///
/// Shards leave the gradients of these weights in the places of their directions; added up, they
/// become those of directions and gains.
package final class NormalizedWeights: Sendable {
  /// The largest first, so that no core is left with one at the end.
  private let weights: [NormalizedWeight]
  /// The weights in the places of their directions, the norms in those of their gains.
  private let values: ParameterBuffer

  package init(_ weights: [NormalizedWeight], in layout: ParameterLayout) {
    func size(_ weight: NormalizedWeight) -> Int {
      weight.direction.rows * weight.direction.columns
    }
    self.weights = weights.sorted { size($0) > size($1) }
    values = ParameterBuffer(layout)
  }

  package func compute(from parameters: ParameterBuffer, cores: Int) {
    forEach(cores) { [values] weight in
      let norms = values[weight.gain]
      weight.norm.norms(of: parameters[weight.direction], into: norms)
      weight.norm.scale(
        parameters[weight.direction], gain: parameters[weight.gain], norms: norms,
        into: values[weight.direction])
    }
  }

  /// Turns the gradient of these weights into that of the parameters they were computed from.
  package func pullBack(_ gradient: ParameterBuffer, _ parameters: ParameterBuffer, cores: Int) {
    forEach(cores) { [values] weight in
      weight.norm.pullBack(
        gradient[weight.direction], direction: parameters[weight.direction],
        gain: parameters[weight.gain], norms: values[weight.gain], into: gradient[weight.gain])
    }
  }

  subscript(weight: NormalizedWeight) -> Tensor { values[weight.direction] }

  private func forEach(_ cores: Int, _ body: @Sendable (NormalizedWeight) -> Void) {
    let weights = weights
    concurrently(weights.count, cores: cores) { index in
      flushingSubnormals { body(weights[index]) }
    }
  }
}
