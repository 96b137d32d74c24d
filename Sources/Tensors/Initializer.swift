/// How a parameter starts.
package enum Initializer: Hashable, Sendable {
  case constant(Float)
  case normal(deviation: Float)
  /// Normal, but this row is zero: the embedding of padding.
  case normalExceptRow(Int, deviation: Float)
  /// Uniform over ±√(6 / (rows + columns)) (Glorot and Bengio 2010).
  case glorot
  /// Each block of `columns` rows has orthonormal columns (Saxe et al. 2014): recurrent weights.
  case orthogonalBlocks
  /// Zero, but rows `range` are `value`: the forget gate of a recurrent bias.
  case zeroExcept(Range<Int>, value: Float)
  /// The norms of the rows or columns of a parameter added before: weight normalisation's gains.
  case norms(WeightNorm, of: Parameter)

  /// Sets the values of one parameter of this shape.
  ///
  /// - Parameter shouldStop: asked every now and then where it takes long.
  /// - Returns: false when it was stopped; the values mean nothing then.
  package func fill(
    _ values: Tensor, shape: Shape, from random: inout RandomSource,
    unless shouldStop: () -> Bool
  ) -> Bool {
    precondition(values.count == shape.count, "\(values.count) values of shape \(shape)")
    switch self {
    case .constant(let value):
      values.fill(value)
    case .normal(let deviation):
      random.fillNormal(values, deviation: deviation)
    case .normalExceptRow(let row, let deviation):
      random.fillNormal(values, deviation: deviation)
      for i in row * shape.columns..<(row + 1) * shape.columns { values[i] = 0 }
    case .glorot:
      let bound = (6 / Float(shape.rows + shape.columns)).squareRoot()
      random.fillUniform(values, from: -bound, to: bound)
    case .orthogonalBlocks:
      random.fillNormal(values, deviation: 1)
      let block = shape.columns * shape.columns
      for start in stride(from: 0, to: values.count - block + 1, by: max(1, block)) {
        guard orthonormalizeRows(values, from: start, size: shape.columns, unless: shouldStop)
        else { return false }
      }
    case .zeroExcept(let range, let value):
      for i in values.indices { values[i] = range.contains(i) ? value : 0 }
    case .norms:
      preconditionFailure("norms are computed, not drawn")
    }
    return true
  }
}

/// Makes the rows of the square matrix at `start` orthonormal (modified Gram and Schmidt).
///
/// The time grows with the cube of the size.
///
/// - Returns: false when it was stopped, before any row.
private func orthonormalizeRows(
  _ values: Tensor, from start: Int, size: Int, unless shouldStop: () -> Bool
) -> Bool {
  for row in 0..<size {
    if shouldStop() { return false }
    let this = start + row * size
    for earlier in 0..<row {
      let other = start + earlier * size
      var product: Float = 0
      for i in 0..<size { product += values[this + i] * values[other + i] }
      for i in 0..<size { values[this + i] -= product * values[other + i] }
    }
    var square: Float = 0
    for i in 0..<size { square += values[this + i] * values[this + i] }
    let scale = 1 / max(square, .leastNormalMagnitude).squareRoot()
    for i in 0..<size { values[this + i] *= scale }
  }
  return true
}
