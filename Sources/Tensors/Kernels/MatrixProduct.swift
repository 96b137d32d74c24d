extension OpenBLAS {
  /// `c[m, n] ← a[m, k] · b[k, n]`, or `c ← c + a · b`.
  ///
  /// `c` must not be transposed nor overlap `a` or `b`.
  package func multiply(_ a: Matrix, _ b: Matrix, into c: Matrix, adding: Bool = false) {
    precondition(
      a.columns == b.rows && a.rows == c.rows && b.columns == c.columns && !c.isTransposed,
      "[\(a.rows), \(a.columns)] · [\(b.rows), \(b.columns)] into [\(c.rows), \(c.columns)]")
    guard c.rows > 0, c.columns > 0 else { return }
    guard let block = Block(a, b) else { return multiplyWhole(a, b, into: c, adding: adding) }
    for k in stride(from: 0, to: a.columns, by: block.depth) {
      let depth = k..<min(a.columns, k + block.depth)
      for n in stride(from: 0, to: c.columns, by: block.columns) {
        let columns = n..<min(c.columns, n + block.columns)
        for m in stride(from: 0, to: c.rows, by: block.rows) {
          let rows = m..<min(c.rows, m + block.rows)
          multiplyWhole(
            a[rows: rows, columns: depth], b[rows: depth, columns: columns],
            into: c[rows: rows, columns: columns], adding: adding || k > 0)
        }
      }
    }
  }
}

/// The size of the pieces a product is cut into.
///
/// OpenBLAS has kernels for products of up to 10⁶ multiplications that read their operands where
/// they lie; larger ones it first copies. Where the copies cost more than they bring, pieces are a
/// sixth to nearly twice as fast (measured with `SkylakeX`): few rows, or a small right-hand side.
private struct Block {
  let rows: Int
  let columns: Int
  let depth: Int

  /// Nil for a product best left whole.
  init?(_ a: Matrix, _ b: Matrix) {
    guard a.rows * b.columns * a.columns > 1_000_000 else { return nil }
    switch (a.isTransposed, b.isTransposed) {
    case (false, false) where a.rows <= 48 || b.rows * b.columns <= 1 << 15:
      rows = min(a.rows, 32)
      depth = min(a.columns, 256)
      columns = max(64, 1_000_000 / (rows * depth) / 64 * 64)
    case (true, false) where a.rows * b.columns <= 1 << 15:
      (rows, columns, depth) = (128, 64, 64)
    default:
      return nil
    }
  }
}
