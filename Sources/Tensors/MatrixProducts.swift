/// Matrix products of one thread, in a precision.
package final class MatrixProducts {
  /// What operands are rounded to that are not laid out already.
  package var precision: Precision
  /// How many numbers were multiplied by others so far, for what a benchmark compares times with.
  package private(set) var multiplications = 0
  private let exact = ExactProducts()
  private let rounded = Bfloat16Products()

  package init(_ precision: Precision) { self.precision = precision }

  /// `c[m, n] ← a[m, k] · b[k, n]`, or `c ← c + a · b`.
  ///
  /// `c` must not be transposed nor overlap `a` or `b`.
  package func multiply(_ a: Matrix, _ b: Matrix, into c: Matrix, adding: Bool = false) {
    multiplications &+= a.rows &* a.columns &* b.columns
    switch precision {
    case .float32: exact.multiply(a, b, into: c, adding: adding)
    case .bfloat16: rounded.multiply(a, b, into: c, adding: adding)
    }
  }

  /// `c ← c + aᵀ · b` for two matrices b, of which a is laid out for products once.
  package func addProducts(
    ofTransposed a: Matrix, _ first: (b: Matrix, c: Matrix), _ second: (b: Matrix, c: Matrix)
  ) {
    multiplications &+= a.rows &* a.columns &* (first.b.columns &+ second.b.columns)
    switch precision {
    case .float32:
      exact.multiply(a.transposed, first.b, into: first.c, adding: true)
      exact.multiply(a.transposed, second.b, into: second.c, adding: true)
    case .bfloat16: rounded.addProducts(of: a.transposed, [first, second])
    }
  }

  /// `c ← c + aᵀ · b` for several c, each of some rows of a and of b.
  package func addProducts(ofTransposed a: Matrix, _ b: Matrix, _ parts: [TransposedPart]) {
    for part in parts {
      let depth = part.ranges.reduce(0) { $0 + $1.a.count }
      multiplications &+= depth &* a.columns &* b.columns
    }
    switch precision {
    case .float32: exact.addProducts(ofTransposed: a, b, parts)
    case .bfloat16:
      for part in parts {
        for rows in part.ranges {
          rounded.multiply(a[rows: rows.a].transposed, b[rows: rows.b], into: part.c, adding: true)
        }
      }
    }
  }

  /// `c[m, n] ← row[n] + a[m, k] · b[k, n]`, or `c ← f(row + a · b)`; the row is the operand's own.
  ///
  /// Neither `a` nor `c` is transposed.
  ///
  /// - Parameters:
  ///   - adding: whether the product is added to what `c` holds; only by a matrix without a row.
  ///   - function: what squashes the sums, if anything does.
  package func multiply(
    _ a: Matrix, _ b: LaidOutMatrix, into c: Matrix, adding: Bool = false,
    squashingBy function: ActivationFunction? = nil
  ) {
    multiplications &+= a.rows &* a.columns &* b.columns
    switch b {
    case .exact(let b): Tensors.multiply(a, b, into: c, adding: adding, squashingBy: function)
    case .rounded(let b): rounded.multiply(a, b, into: c, adding: adding, squashingBy: function)
    }
  }

  /// A matrix as the right operand of several products of a step, laid out in memory of an arena.
  package func operand(_ b: Matrix, in arena: Arena) -> LaidOutMatrix {
    switch precision {
    case .float32: .exact(PackedMatrix(b, in: arena))
    case .bfloat16: .rounded(rounded.layOut(b, in: arena))
    }
  }
}
