import Diagnostics

/// `c[m, n] ← a[m, k] · b[k, n]`, or `c ← c + a · b`.
///
/// `c` must not be transposed nor overlap `a` or `b`.
package func multiply(_ a: Matrix, _ b: Matrix, into c: Matrix, adding: Bool = false) {
  precondition(
    a.columns == b.rows && a.rows == c.rows && b.columns == c.columns && !c.isTransposed,
    "[\(a.rows), \(a.columns)] · [\(b.rows), \(b.columns)] into [\(c.rows), \(c.columns)]")
  guard c.rows > 0, c.columns > 0 else { return }
  let library: OpenBLAS
  do { library = try OpenBLAS.load() } catch { preconditionFailure("\(error)") }
  let block = Block(a, b)
  for k in ranges(of: a.columns, by: block.depth) {
    for n in ranges(of: c.columns, by: block.columns) {
      for m in ranges(of: c.rows, by: block.rows) {
        library.multiply(
          a[rows: m, columns: k], b[rows: k, columns: n], into: c[rows: m, columns: n],
          adding: adding || k.lowerBound > 0)
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

  init(_ a: Matrix, _ b: Matrix) {
    let whole = Block(rows: a.rows, columns: b.columns, depth: a.columns)
    let isSmall = a.rows * b.columns * a.columns <= 1_000_000
    switch (a.isTransposed, b.isTransposed) {
    case (false, false) where !isSmall && (a.rows <= 48 || b.rows * b.columns <= 1 << 15):
      let rows = min(a.rows, 32)
      let depth = min(a.columns, 256)
      self.init(rows: rows, columns: max(64, 1_000_000 / (rows * depth) / 64 * 64), depth: depth)
    case (true, false) where !isSmall && a.rows * b.columns <= 1 << 15:
      self.init(rows: 128, columns: 64, depth: 64)
    default:
      self = whole
    }
  }

  private init(rows: Int, columns: Int, depth: Int) {
    self.rows = rows
    self.columns = columns
    self.depth = depth
  }
}

/// `0..<count` cut into ranges of `size`, the last of what is left; one empty range for nothing.
private func ranges(of count: Int, by size: Int) -> some Sequence<Range<Int>> {
  stride(from: 0, to: max(1, count), by: max(1, size)).lazy.map { $0..<min(count, $0 + size) }
}
