/// What a gradient of this norm is multiplied by so that it is not longer than `limit`.
///
/// fairseq's and PyTorch's rule: limit / (norm + 10⁻⁶), when that is below 1.
package func clipCoefficient(norm: Double, limit: Double) -> Float {
  Float(min(1, limit / (norm + 1e-6)))
}
