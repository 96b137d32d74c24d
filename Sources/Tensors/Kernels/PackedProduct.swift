/// `c[m, n] ← row[n] + a[m, k] · b[k, n]`, or `c ← f(row + a · b)`; the row is the packed matrix's own.
///
/// What comes of a row of `a` does not depend on the rows around it: each value is summed from the
/// first of the k to the last.
///
/// - Parameters:
///   - a, c: not transposed; `c` does not overlap `a`.
///   - adding: whether the sums are added to what `c` holds.
///   - function: what squashes the sums, if anything does.
package func multiply(
  _ a: Matrix, _ b: PackedMatrix, into c: Matrix, adding: Bool = false,
  squashingBy function: ActivationFunction? = nil
) {
  precondition(
    a.columns == b.rows && a.rows == c.rows && b.columns == c.columns && !a.isTransposed
      && !c.isTransposed,
    "[\(a.rows), \(a.columns)] · [\(b.rows), \(b.columns)] into [\(c.rows), \(c.columns)]")
  let product = PackedProduct(a, b, c, adding: adding, function)
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
  private let adding: Bool
  private let function: ActivationFunction?

  /// Rows that go through all panels while they are in the cache of a core, beside one panel.
  static let blockRows = 192

  init(
    _ a: Matrix, _ b: PackedMatrix, _ c: Matrix, adding: Bool, _ function: ActivationFunction?
  ) {
    unsafe (self.a, self.c) = (UnsafePointer(a.base), c.base)
    (self.b, target) = (b, c)
    (strideA, strideC) = (a.stride, c.stride)
    depth = a.columns
    self.adding = adding
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
    var row = rows.lowerBound
    while row < rows.upperBound {
      let rest = rows.upperBound &- row
      switch rest {
      case 4, 7, 8:
        computeFourRows(from: row, of: Vectors.self, columns)
        row &+= 4
      case 6...:
        computeSixRows(from: row, of: Vectors.self, columns)
        row &+= 6
      case 5 where rows.count >= 6:
        computeSixRows(from: row &- 1, skipping: 1, of: Vectors.self, columns)
        row &+= 5
      case 1...3 where rows.count >= 4:
        computeFourRows(from: row &- (4 &- rest), skipping: 4 &- rest, of: Vectors.self, columns)
        row &+= rest
      default:
        computeRow(row, of: Vectors.self, columns)
        row &+= 1
      }
    }
    function?.apply(to: target[rows: rows, columns: columns])
  }

  // The sums of several rows are in registers while k runs. Rows that were there before are skipped.

  @inline(__always)
  private func computeSixRows<Vectors: PanelVectors>(
    from row: Int, skipping skipped: Int = 0, of _: Vectors.Type, _ columns: Range<Int>
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
    if skipped < 1 { store(s0, row, columns) }
    store(s1, row &+ 1, columns)
    store(s2, row &+ 2, columns)
    store(s3, row &+ 3, columns)
    store(s4, row &+ 4, columns)
    store(s5, row &+ 5, columns)
  }

  @inline(__always)
  private func computeFourRows<Vectors: PanelVectors>(
    from row: Int, skipping skipped: Int = 0, of _: Vectors.Type, _ columns: Range<Int>
  ) {
    var right = unsafe b.panel(fromColumn: columns.lowerBound)
    var left = unsafe a + row &* strideA
    let start = unsafe Vectors(at: right)
    var (s0, s1, s2, s3) = (start, start, start, start)
    for _ in 0..<depth {
      unsafe right += Vectors.width
      let x = unsafe Vectors(at: right)
      unsafe s0.addProduct(x, left[0])
      unsafe s1.addProduct(x, left[strideA])
      unsafe s2.addProduct(x, left[2 &* strideA])
      unsafe s3.addProduct(x, left[3 &* strideA])
      unsafe left += 1
    }
    if skipped < 1 { store(s0, row, columns) }
    if skipped < 2 { store(s1, row &+ 1, columns) }
    store(s2, row &+ 2, columns)
    store(s3, row &+ 3, columns)
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
    store(sums, row, columns)
  }

  @inline(__always)
  private func store<Vectors: PanelVectors>(_ sums: Vectors, _ row: Int, _ columns: Range<Int>) {
    let place = unsafe c + (row &* strideC &+ columns.lowerBound)
    unsafe sums.store(at: place, count: columns.count, adding: adding)
  }
}
