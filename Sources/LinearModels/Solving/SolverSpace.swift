/// A way of writing the weights and biases of a linear model as one list of numbers to be solved for.
package protocol SolverSpace: Sendable {
  /// The numbers of a point.
  var count: Int { get }
  var rowCount: Int { get }
  /// Outputs of a row as they lie in memory.
  var width: Int { get }

  /// The inner product of two points, as weights and biases.
  var product: InnerProduct { get }

  /// Where the `width` biases begin in a point.
  var biasStart: Int { get }

  /// What a point gives each row: o[row, k] = Σ_f x[row, f] · w[f, k] + b[k].
  func outputs(of point: Vector, into outputs: Vector, cores: Int)

  /// The gradient of the loss by the weights and biases, and `ridge` times the weights.
  ///
  /// - Parameter residual: the derivative of the loss by the outputs.
  func gradient(
    _ residual: Vector, at point: Vector, ridge: Double, into gradient: Vector, cores: Int)

  /// The weights of a point [features × width].
  func weights(of point: Vector, cores: Int) -> Vector
}

extension SolverSpace {
  /// `o[row, k] ← o[row, k] + b[k]`.
  func addBiases(of point: Vector, to outputs: Vector, cores: Int) {
    Vector.forEachBlock(of: rowCount, size: 4096, cores: cores) { rows in
      for row in rows {
        for k in 0..<width { outputs[row &* width &+ k] += point[biasStart &+ k] }
      }
    }
  }

  /// `g_b[k] ← Σ_row r[row, k]`, block by block.
  func sumBiases(_ residual: Vector, into gradient: Vector, cores: Int) {
    let size = 4096
    let partial = Vector(count: (rowCount + size - 1) / size * width)
    Vector.forEachBlock(of: rowCount, size: size, cores: cores) { rows in
      let start = rows.lowerBound / size * width
      for row in rows {
        for k in 0..<width { partial[start &+ k] += residual[row &* width &+ k] }
      }
    }
    for k in 0..<width { gradient[biasStart + k] = 0 }
    for place in 0..<partial.count { gradient[biasStart + place % width] += partial[place] }
  }
}
