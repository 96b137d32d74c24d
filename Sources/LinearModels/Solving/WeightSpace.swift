/// Points that hold the weights themselves [features × width], then the biases.
package struct WeightSpace: SolverSpace {
  package let width: Int
  package let rowCount: Int
  private let featureCount: Int
  private let rows: SparseProduct
  private let features: SparseProduct

  package init(_ matrix: SparseRows, width: Int) {
    self.width = width
    rowCount = matrix.count
    featureCount = matrix.columnCount
    rows = SparseProduct(matrix)
    features = SparseProduct(matrix.transposed)
  }

  package var biasStart: Int { featureCount * width }
  package var count: Int { biasStart + width }

  package var product: InnerProduct {
    InnerProduct(count: biasStart, shift: 0, biases: biasStart..<biasStart + width)
  }

  package func outputs(of point: Vector, into outputs: Vector, cores: Int) {
    rows.multiply(point, from: 0, into: outputs, from: 0, width: width, cores: cores)
    addBiases(of: point, to: outputs, cores: cores)
  }

  package func gradient(
    _ residual: Vector, at point: Vector, ridge: Double, into gradient: Vector, cores: Int
  ) {
    features.multiply(residual, from: 0, into: gradient, from: 0, width: width, cores: cores)
    if ridge != 0 { gradient.add(point, times: ridge, cores: cores) }
    sumBiases(residual, into: gradient, cores: cores)
  }

  package func weights(of point: Vector, cores: Int) -> Vector { point }
}
