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
  /// The features that several rows have, which connect rows.
  private let rows: SparseProduct
  private let features: SparseProduct
  /// The squares of each row's other features: those give nothing to any other row.
  private let ownSquares: [Double]
  /// Xᵀ · A of the features that several rows have.
  private let mixed: Vector

  package init(_ matrix: SparseRows, width: Int) {
    self.width = width
    self.matrix = matrix
    let isShared = matrix.columnCounts.map { $0 > 1 }
    let shared = matrix.keeping(isShared)
    rows = SparseProduct(shared)
    features = SparseProduct(shared.transposed)
    ownSquares = (0..<matrix.count).map { row in
      matrix.range(ofRow: row).reduce(0) { sum, entry in
        let value = matrix.values[entry]
        return isShared[Int(matrix.columns[entry])] ? sum : sum + value * value
      }
    }
    mixed = Vector(count: matrix.columnCount * width)
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
    features.multiply(residual, from: 0, into: mixed, from: 0, width: width, cores: cores)
    rows.multiply(mixed, from: 0, into: gradient, from: outputStart, width: width, cores: cores)
    Vector.forEachBlock(of: rowCount, size: 4096, cores: cores) { rows in
      for row in rows {
        for place in row &* width..<row &* width &+ width {
          gradient[place] = residual[place] + ridge * point[place]
          let z = outputStart &+ place
          gradient[z] += ownSquares[row] * residual[place] + ridge * point[z]
        }
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
