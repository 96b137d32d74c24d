/// What rows give each other by the features X that they share: X · Xᵀ, as the solver multiplies it.
///
/// A feature that many rows have is summed over them, then dealt out to them. One that few rows have
/// would cost as much, and a place in memory of its own besides, so it is multiplied out beforehand:
/// a number for each pair of its rows.
package struct RowConnections: Sendable {
  /// How many rows few are: the pairs of more would be more than what they save.
  private static let fewRows = 4

  /// Xᵀ of the features of many rows.
  private let features: SparseProduct
  private let featureCount: Int
  /// X of the features of many rows, then what rows give each other by the features of few.
  private let rows: SparseProduct
  private let rowCount: Int

  package init(_ matrix: SparseRows, cores: Int) {
    let counts = matrix.columnCounts
    let many = matrix.keeping(counts.map { $0 > Self.fewRows })
    let few = matrix.keeping(counts.map { $0 <= Self.fewRows })
    features = SparseProduct(many.transposed)
    featureCount = many.columnCount
    rowCount = matrix.count
    rows = SparseProduct(many.beside(few.timesTransposed(cores: cores)))
  }

  /// How many entries matrices have at the least while the connections are made, beside the rows' own.
  ///
  /// - Parameter columnCounts: how many rows have each feature.
  static func entryCount(of columnCounts: [Int]) -> Int {
    // The features of many rows by themselves, the same transposed, and as the product has them.
    3 * columnCounts.reduce(0) { $1 > fewRows ? $0 + $1 : $0 }
  }

  /// The numbers that a product needs for itself.
  package func scratchCount(width: Int) -> Int { (featureCount + rowCount) * width }

  /// `y[r, k] ← Σ_q (X · Xᵀ)[r, q] · x[q, k]`, the result beginning at a place.
  package func multiply(
    _ x: Vector, into y: Vector, from start: Int, width: Int, scratch: Vector, cores: Int
  ) {
    features.multiply(x, from: 0, into: scratch, from: 0, width: width, cores: cores)
    let own = featureCount * width
    Vector.forEachBlock(of: rowCount * width, cores: cores) { places in
      for place in places { scratch[own &+ place] = x[place] }
    }
    rows.multiply(scratch, from: 0, into: y, from: start, width: width, cores: cores)
  }
}
