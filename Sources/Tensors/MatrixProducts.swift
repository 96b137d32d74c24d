/// Matrix products of one thread, in a precision.
package final class MatrixProducts {
  private let blas: OpenBLAS
  /// Nil: products are exact.
  private let rounded: Bfloat16Products?

  package init(_ blas: OpenBLAS, _ precision: Precision) {
    self.blas = blas
    rounded = precision == .bfloat16 ? Bfloat16Products() : nil
  }

  /// `c[m, n] ← a[m, k] · b[k, n]`, or `c ← c + a · b`.
  ///
  /// `c` must not be transposed nor overlap `a` or `b`.
  package func multiply(_ a: Matrix, _ b: Matrix, into c: Matrix, adding: Bool = false) {
    if let rounded {
      rounded.multiply(a, b, into: c, adding: adding)
    } else {
      blas.multiply(a, b, into: c, adding: adding)
    }
  }

  /// `c[m, n] ← a[m, k] · b[k, n]`, or `c ← c + a · b`; neither `a` nor `c` is transposed.
  package func multiply(_ a: Matrix, _ b: RightOperand, into c: Matrix, adding: Bool = false) {
    switch b {
    case .plain(let b): multiply(a, b, into: c, adding: adding)
    case .packed(let b): Tensors.multiply(a, b, into: c, adding: adding)
    case .rounded(let b):
      guard let rounded else { preconditionFailure("an operand of another precision") }
      rounded.multiply(a, b, into: c, adding: adding)
    }
  }

  /// A matrix as the right operand of several products of a step.
  ///
  /// - Parameter arena: where a copy lies, if one is made.
  package func operand(_ b: Matrix, in arena: Arena) -> RightOperand {
    rounded.map { .rounded($0.layOut(b, in: arena)) } ?? .plain(b)
  }

  /// Whether operands are read as they lie, which is fastest where they are not transposed.
  package var readsInPlace: Bool { rounded == nil }
}

/// A matrix that several products have on their right.
package enum RightOperand {
  /// As it lies.
  case plain(Matrix)
  /// Laid out for exact products.
  case packed(PackedMatrix)
  /// Rounded and laid out.
  case rounded(Bfloat16Matrix)
}
