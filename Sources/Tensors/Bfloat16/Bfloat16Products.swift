/// Products of one thread whose operands are rounded to bfloat16, with the memory for that.
package final class Bfloat16Products {
  private var left = PairRoom()
  private var right = PairRoom()
  private var scratch = PairRoom()
  private let rounding: Bfloat16Rounding

  /// Whether this processor has an instruction for them, and products are fast.
  package static var hasInstruction: Bool { Bfloat16Tile.isInstruction }

  /// - Parameter byInstruction: false: as on a processor without one; the values are equal.
  package init(byInstruction: Bool = true) {
    rounding = Bfloat16Rounding(byInstruction: byInstruction && Bfloat16Tile.isInstruction)
  }

  /// `c[m, n] ← a[m, k] · b[k, n]`, or `c ← c + a · b`.
  ///
  /// `c` must not be transposed nor overlap `a` or `b`.
  package func multiply(_ a: Matrix, _ b: Matrix, into c: Matrix, adding: Bool = false) {
    let rows = Bfloat16Rows(a, by: rounding, in: &left)
    multiply(rows, a, b, into: c, adding: adding)
  }

  /// `c ← c + a · b` for several matrices b; a is rounded once.
  package func addProducts(of a: Matrix, _ others: [(b: Matrix, c: Matrix)]) {
    let rows = Bfloat16Rows(a, by: rounding, in: &left)
    for (b, c) in others { multiply(rows, a, b, into: c, adding: true) }
  }

  /// `c ← a · b`, or `c ← c + a · b`, of an `a` that is rounded already.
  private func multiply(
    _ rows: Bfloat16Rows, _ a: Matrix, _ b: Matrix, into c: Matrix, adding: Bool
  ) {
    precondition(
      a.columns == b.rows && a.rows == c.rows && b.columns == c.columns && !c.isTransposed,
      "[\(a.rows), \(a.columns)] · [\(b.rows), \(b.columns)] into [\(c.rows), \(c.columns)]")
    compute(rows, into: c, adding: adding) { product in
      let pairs = unsafe right.pairs(count: Bfloat16Panel.width &* product.rows.depth)
      for column in stride(from: 0, to: c.columns, by: Bfloat16Panel.width) {
        let columns = column..<min(c.columns, column &+ Bfloat16Panel.width)
        product.compute(
          unsafe Bfloat16Panel(
            b, columns: columns, by: rounding, into: pairs, scratch: &scratch))
      }
    }
  }

  /// `c[m, n] ← row[n] + a[m, k] · b[k, n]`, or `c ← f(row + a · b)`, by a matrix that is laid out
  /// already; the row is its own.
  ///
  /// - Parameters:
  ///   - adding: whether the sums begin with what `c` holds instead; only by a matrix without a row.
  ///   - function: what squashes the sums, if anything does.
  package func multiply(
    _ a: Matrix, _ b: Bfloat16Matrix, into c: Matrix, adding: Bool = false,
    squashingBy function: ActivationFunction? = nil
  ) {
    precondition(
      a.columns == b.rows && a.rows == c.rows && b.columns == c.columns && !c.isTransposed
        && !(adding && b.start != nil),
      "[\(a.rows), \(a.columns)] · [\(b.rows), \(b.columns)] into [\(c.rows), \(c.columns)]")
    let rows = Bfloat16Rows(a, by: rounding, in: &left)
    compute(rows, into: c, from: b.start, adding: adding) { product in
      for panel in b.panels {
        product.compute(panel)
        function?.apply(to: c[rows: 0..<c.rows, columns: panel.columns])
      }
    }
  }

  /// A matrix laid out for several products, in memory of an arena.
  package func layOut(_ matrix: Matrix, in arena: Arena) -> Bfloat16Matrix {
    Bfloat16Matrix(matrix, by: rounding, in: arena, scratch: &scratch)
  }

  private func compute(
    _ rows: Bfloat16Rows, into c: Matrix, from start: Tensor? = nil, adding: Bool,
    _ body: (Bfloat16Product) -> Void
  ) {
    let product = Bfloat16Product(
      rows: rows, target: c, start: start, adding: adding,
      byInstruction: rounding.byInstruction)
    // Other instructions must be told to take subnormal floats for zero.
    if rounding.byInstruction { body(product) } else { flushingSubnormals { body(product) } }
  }
}
