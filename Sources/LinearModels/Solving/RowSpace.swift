/// Points that hold the weights as a mixture of the rows: a share of each row, for each output.
///
/// With the features X [rows × features] the weights are Xᵀ · A. The gradient by the weights of a
/// loss is such a mixture too, and so is the penalty's, so a solver that begins at zero never leaves
/// the mixtures: it takes the steps that it would take with the weights, but works on as many
/// numbers as there are rows, where n-grams are many more. A point holds A [rows × width], what
/// these weights give the rows, Z = X · Xᵀ · A, and the biases; the inner product of two points'
/// weights is then that of one's A with the other's Z.
package struct RowSpace: SolverSpace {
  package let width: Int
  private let matrix: SparseRows
  private let connections: RowConnections
  private let scratch: Vector

  package init(_ matrix: SparseRows, width: Int, cores: Int) {
    self.width = width
    self.matrix = matrix
    connections = RowConnections(matrix, cores: cores)
    scratch = Vector(count: connections.scratchCount(width: width))
  }

  package var rowCount: Int { matrix.count }
  private var outputStart: Int { rowCount * width }
  package var biasStart: Int { 2 * outputStart }
  package var count: Int { biasStart + width }

  package var product: InnerProduct {
    InnerProduct(count: outputStart, shift: outputStart, biases: biasStart..<biasStart + width)
  }

  package func outputs(of point: Vector, into outputs: Vector, cores: Int) {
    Vector.forEachBlock(of: outputStart, cores: cores) { places in
      for place in places { outputs[place] = point[outputStart &+ place] }
    }
    addBiases(of: point, to: outputs, cores: cores)
  }

  package func gradient(
    _ residual: Vector, at point: Vector, ridge: Double, into gradient: Vector, cores: Int
  ) {
    connections.multiply(
      residual, into: gradient, from: outputStart, width: width, scratch: scratch, cores: cores)
    Vector.forEachBlock(of: outputStart, cores: cores) { places in
      for place in places {
        gradient[place] = residual[place] + ridge * point[place]
        gradient[outputStart &+ place] += ridge * point[outputStart &+ place]
      }
    }
    sumBiases(residual, into: gradient, cores: cores)
  }

  package func weights(of point: Vector, cores: Int) -> Vector {
    let weights = Vector(count: matrix.columnCount * width)
    SparseProduct(matrix.transposed)
      .multiply(point, from: 0, into: weights, from: 0, width: width, cores: cores)
    return weights
  }
}
