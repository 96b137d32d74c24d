import Cores
import Tensors

/// The normalised weights of a model, computed once for all the shards of a step.
///
/// Shards put the gradient of a weight in the place of its direction's. `pullBack` turns the sum over
/// shards into the gradients of direction and gain.
package final class NormalizedWeights: Sendable {
  /// The largest first, so that no core is left with one at the end.
  private let weights: [NormalizedWeight]
  /// Each weight in the place of its direction, and its norms in the place of its gain.
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

  /// Whether a matrix is one of these weights or a part of one.
  func holds(_ matrix: Matrix) -> Bool { matrix.lies(in: values.flat) }

  private func forEach(_ cores: Int, _ body: @Sendable (NormalizedWeight) -> Void) {
    let weights = weights
    concurrently(weights.count, cores: cores) { index in
      flushingSubnormals { body(weights[index]) }
    }
  }
}
