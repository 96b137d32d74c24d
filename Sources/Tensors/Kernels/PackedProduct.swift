/// `c[m, n] ← row[n] + a[m, k] · b[k, n]`, or `c ← f(row + a · b)`; the row is the packed matrix's own.
///
/// What comes of a row of `a` does not depend on the rows around it: each value is summed from the
/// first of the k to the last.
///
/// - Parameters:
///   - a, c: not transposed; `c` does not overlap `a`.
///   - function: what squashes the sums, if anything does.
package func multiply(
  _ a: Matrix, _ b: PackedMatrix, into c: Matrix, squashingBy function: ActivationFunction? = nil
) {
  precondition(
    a.columns == b.rows && a.rows == c.rows && b.columns == c.columns && !a.isTransposed
      && !c.isTransposed,
    "[\(a.rows), \(a.columns)] · [\(b.rows), \(b.columns)] into [\(c.rows), \(c.columns)]")
  let product = PackedProduct(a, b, c, function)
  for row in stride(from: 0, to: c.rows, by: PackedProduct.blockRows) {
    product.compute(row..<min(c.rows, row &+ PackedProduct.blockRows))
  }
}

/// The operands of one product; every place that is read or written lies within them.
@safe
private struct PackedProduct {
  private let a: UnsafePointer<Float>
  private let b: PackedMatrix
  private let target: Matrix
  private let c: UnsafeMutablePointer<Float>
  private let strideA: Int
  private let strideC: Int
  private let depth: Int
  private let function: ActivationFunction?

  /// Rows that go through all panels while they are in the cache of a core, beside one panel.
  static let blockRows = 192
  /// Rows of a tile, whose sums are in registers while k runs.
  private static let tileRows = 6

  init(_ a: Matrix, _ b: PackedMatrix, _ c: Matrix, _ function: ActivationFunction?) {
    unsafe (self.a, self.c) = (UnsafePointer(a.base), c.base)
    (self.b, target) = (b, c)
    (strideA, strideC) = (a.stride, c.stride)
    depth = a.columns
    self.function = function
  }

  /// All columns of some rows.
  func compute(_ rows: Range<Int>) {
    var column = 0
    while column < b.columns {
      if column < b.wideColumns {
        computePanel(of: FourVectors.self, fromColumn: column, rows)
        column &+= FourVectors.width
      } else {
        computePanel(of: OneVector.self, fromColumn: column, rows)
        column &+= OneVector.width
      }
    }
  }

  /// The columns of one panel.
  private func computePanel<Vectors: PanelVectors>(
    of _: Vectors.Type, fromColumn column: Int, _ rows: Range<Int>
  ) {
    let columns = column..<min(target.columns, column &+ Vectors.width)
    if rows.count < Self.tileRows {
      for row in rows { computeRow(row, of: Vectors.self, columns) }
    } else {
      for row in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.tileRows) {
        // The last tile ends with the last row, and computes some rows once more.
        computeTile(
          fromRow: min(row, rows.upperBound &- Self.tileRows), of: Vectors.self, columns)
      }
    }
    function?.apply(to: target[rows: rows, columns: columns])
  }

  @inline(__always)
  private func computeTile<Vectors: PanelVectors>(
    fromRow row: Int, of _: Vectors.Type, _ columns: Range<Int>
  ) {
    var right = unsafe b.panel(fromColumn: columns.lowerBound)
    var left = unsafe a + row &* strideA
    let start = unsafe Vectors(at: right)
    var (s0, s1, s2, s3, s4, s5) = (start, start, start, start, start, start)
    for _ in 0..<depth {
      unsafe right += Vectors.width
      let x = unsafe Vectors(at: right)
      unsafe s0.addProduct(x, left[0])
      unsafe s1.addProduct(x, left[strideA])
      unsafe s2.addProduct(x, left[2 &* strideA])
      unsafe s3.addProduct(x, left[3 &* strideA])
      unsafe s4.addProduct(x, left[4 &* strideA])
      unsafe s5.addProduct(x, left[5 &* strideA])
      unsafe left += 1
    }
    let (place, count) = unsafe (c + row &* strideC + columns.lowerBound, columns.count)
    unsafe s0.store(at: place, count: count)
    unsafe s1.store(at: place + strideC, count: count)
    unsafe s2.store(at: place + 2 &* strideC, count: count)
    unsafe s3.store(at: place + 3 &* strideC, count: count)
    unsafe s4.store(at: place + 4 &* strideC, count: count)
    unsafe s5.store(at: place + 5 &* strideC, count: count)
  }

  @inline(__always)
  private func computeRow<Vectors: PanelVectors>(
    _ row: Int, of _: Vectors.Type, _ columns: Range<Int>
  ) {
    var right = unsafe b.panel(fromColumn: columns.lowerBound)
    let left = unsafe a + row &* strideA
    var sums = unsafe Vectors(at: right)
    for step in 0..<depth {
      unsafe right += Vectors.width
      unsafe sums.addProduct(Vectors(at: right), left[step])
    }
    unsafe sums.store(at: c + row &* strideC + columns.lowerBound, count: columns.count)
  }
}
