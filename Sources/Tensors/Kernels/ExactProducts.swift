/// Exact products of one thread, with memory for what they lay out.
///
/// Each value is summed from the first of the k to the last, in blocks whose sums are added; it does not
/// depend on the rows and columns around it.
package final class ExactProducts {
  private let arena = Arena()

  /// Rows of a panel that stay in the cache of a core: as many products are summed before they are added
  /// to what was there.
  package static let blockDepth = 512

  package init() {}

  /// `c[m, n] ← a[m, k] · b[k, n]`, or `c ← c + a · b`.
  ///
  /// `c` must not be transposed nor overlap `a` or `b`.
  package func multiply(_ a: Matrix, _ b: Matrix, into c: Matrix, adding: Bool = false) {
    precondition(
      a.columns == b.rows && a.rows == c.rows && b.columns == c.columns && !c.isTransposed,
      "[\(a.rows), \(a.columns)] · [\(b.rows), \(b.columns)] into [\(c.rows), \(c.columns)]")
    if a.isTransposed, a.columns > 0 {
      let part = TransposedPart([(a: 0..<a.columns, b: 0..<b.rows)], into: c)
      return addProducts(ofTransposed: a.transposed, b, [part], adding: adding)
    }
    let panels = PackedPanel.ranges(ofColumns: c.columns)
    for first in stride(from: 0, to: max(1, a.columns), by: Self.blockDepth) {
      let depth = first..<min(a.columns, first &+ Self.blockDepth)
      let product = PackedProduct(
        a[rows: 0..<a.rows, columns: depth], into: c, adding: adding || first > 0)
      for columns in panels {
        product.compute(panel(of: b[rows: depth], columns), 0..<c.rows)
      }
    }
  }

  /// `c ← c + aᵀ · b`, or `c ← aᵀ · b`, for rows of a and b that several products may share.
  ///
  /// - Parameters:
  ///   - a: not transposed.
  ///   - parts: those of `c` overlap neither each other nor `a` or `b`.
  package func addProducts(
    ofTransposed a: Matrix, _ b: Matrix, _ parts: [TransposedPart], adding: Bool = true
  ) {
    for part in parts {
      precondition(
        part.c.rows == a.columns && part.c.columns == b.columns && !part.c.isTransposed,
        "[\(a.columns), …] · […, \(b.columns)] into [\(part.c.rows), \(part.c.columns)]")
    }
    guard a.columns > 0 else { return }
    TransposedProducts(a: a, b: b, arena: arena, depth: Self.blockDepth)
      .compute(parts, adding: adding)
  }

  /// Some columns of a matrix, copied unless they lie as those of a panel already.
  private func panel(of b: Matrix, _ columns: Range<Int>) -> PackedPanel {
    if let panel = PackedPanel(viewing: b) { return panel }
    arena.reset()
    let width = PackedPanel.width(columns: columns.count)
    return PackedPanel(
      b, columns: columns, startingFrom: nil,
      in: arena.tensor(rows: width, columns: b.rows &+ 1))
  }
}
