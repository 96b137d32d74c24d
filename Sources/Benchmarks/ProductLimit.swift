import Cores
import Tensors

/// How fast a subject would be that is nothing but its products, each at the best that ours reach.
///
/// The multiplications of the subject are counted, not estimated; those of attention are too few to
/// count. The rate is that of a product whose operands stay in the cache, on as many cores at a time.
struct ProductLimit {
  /// What all cores multiply in a millisecond.
  private let rate: Double

  /// Measures the rate.
  init(in precision: Precision, cores: Int) {
    let operands = (0..<cores).map { _ in ProductOperands(in: precision) }
    let repetitions = 40
    let times = Measurement.times(20) {
      concurrently(cores, cores: cores) { core in
        for _ in 0..<repetitions { operands[core].multiply() }
      }
    }
    let count = cores * repetitions * ProductOperands.multiplications
    rate = Double(count) / times.reduce(.infinity) { min($0, $1) }
  }

  /// What a subject is set beside.
  ///
  /// - Parameters:
  ///   - multiplications: of the subject.
  ///   - divisor: what the subject's milliseconds are divided by to be in its unit.
  func peer(multiplications: Int, per divisor: Double = 1) -> Peer? {
    Peer("its products alone", Double(multiplications) / rate / divisor)
  }
}

/// The operands of one core, [192, 256] · [256, 512].
///
/// Unchecked: each is used by one thread at a time.
private final class ProductOperands: @unchecked Sendable {
  private static let (rows, depth, columns) = (192, 256, 512)
  static let multiplications = rows * depth * columns

  private let left: Tensor
  private let right: LaidOutMatrix
  private let result: Tensor
  private let products: MatrixProducts

  init(in precision: Precision) {
    let arena = Arena()
    left = arena.tensor(rows: Self.rows, columns: Self.depth)
    let matrix = arena.tensor(rows: Self.depth, columns: Self.columns)
    result = arena.tensor(rows: Self.rows, columns: Self.columns)
    var random = RandomSource(seed: 1)
    random.fillNormal(left, deviation: 1)
    random.fillNormal(matrix, deviation: 0.1)
    right = LaidOutMatrix(matrix.matrix, in: precision)
    products = MatrixProducts(precision)
  }

  func multiply() { products.multiply(left.matrix, right, into: result.matrix) }
}
