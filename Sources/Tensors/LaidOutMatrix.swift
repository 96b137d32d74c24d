/// A matrix that many products have on their right, laid out once as those of a precision read it.
package enum LaidOutMatrix: Sendable {
  case exact(PackedMatrix)
  case rounded(Bfloat16Matrix)

  /// Copies a matrix [k, n], which may be transposed.
  ///
  /// - Parameter row: [n] what products start from, never rounded; nil: from zero.
  package init(_ matrix: Matrix, startingFrom row: Tensor? = nil, in precision: Precision) {
    self =
      switch precision {
      case .float32: .exact(PackedMatrix(matrix, startingFrom: row))
      case .bfloat16: .rounded(Bfloat16Matrix(matrix, startingFrom: row))
      }
  }

  package var rows: Int {
    switch self {
    case .exact(let matrix): matrix.rows
    case .rounded(let matrix): matrix.rows
    }
  }

  package var columns: Int {
    switch self {
    case .exact(let matrix): matrix.columns
    case .rounded(let matrix): matrix.columns
    }
  }
}

extension Arena {
  /// Takes back a matrix that was laid out here in this step; nothing may read it any more.
  package func takeBack(_ matrix: LaidOutMatrix) {
    switch matrix {
    case .exact(let matrix): takeBack(matrix.memory)
    case .rounded(let matrix): takeBack(matrix.memory)
    }
  }
}
