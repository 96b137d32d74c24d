/// Matrix products of one thread, in a precision.
package final class MatrixProducts {
  /// What operands are rounded to that are not laid out already.
  package var precision: Precision
  private let blas: OpenBLAS
  private lazy var rounded = Bfloat16Products()

  package init(_ blas: OpenBLAS, _ precision: Precision) {
    self.blas = blas
    self.precision = precision
  }

  /// `c[m, n] ← a[m, k] · b[k, n]`, or `c ← c + a · b`.
  ///
  /// `c` must not be transposed nor overlap `a` or `b`.
  package func multiply(_ a: Matrix, _ b: Matrix, into c: Matrix, adding: Bool = false) {
    switch precision {
    case .float32: blas.multiply(a, b, into: c, adding: adding)
    case .bfloat16: rounded.multiply(a, b, into: c, adding: adding)
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
    switch b {
    case .exact(let b): Tensors.multiply(a, b, into: c, adding: adding, squashingBy: function)
    case .rounded(let b): rounded.multiply(a, b, into: c, adding: adding, squashingBy: function)
    }
  }

  /// `c[m, n] ← a[m, k] · b[k, n]`, or `c ← c + a · b`; neither `a` nor `c` is transposed.
  package func multiply(_ a: Matrix, _ b: RightOperand, into c: Matrix, adding: Bool = false) {
    switch b {
    case .plain(let b): multiply(a, b, into: c, adding: adding)
    case .laidOut(let b): multiply(a, b, into: c, adding: adding)
    }
  }

  /// A matrix as the right operand of several products of a step.
  ///
  /// - Parameter arena: where a copy lies, if one is made.
  package func operand(_ b: Matrix, in arena: Arena) -> RightOperand {
    switch precision {
    case .float32: .plain(b)
    case .bfloat16: .laidOut(.rounded(rounded.layOut(b, in: arena)))
    }
  }

  /// Whether operands are read as they lie, which is fastest where they are not transposed.
  package var readsInPlace: Bool { precision == .float32 }
}

/// A matrix that several products have on their right.
package enum RightOperand {
  /// As it lies.
  case plain(Matrix)
  case laidOut(LaidOutMatrix)
}
