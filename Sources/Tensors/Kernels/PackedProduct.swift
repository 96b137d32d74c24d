import CProcessor

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
  let product = PackedProduct(a, into: c, adding: adding, function)
  for row in stride(from: 0, to: c.rows, by: PackedProduct.blockRows) {
    let rows = row..<min(c.rows, row &+ PackedProduct.blockRows)
    for panel in b.panels { product.compute(panel, rows) }
  }
}

/// A product of which a panel after the other is computed.
///
/// Every place that is read or written lies within its operands.
@safe
struct PackedProduct {
  private let a: UnsafePointer<Float>
  private let target: Matrix
  private let c: UnsafeMutablePointer<Float>
  /// Floats from a row of a to the next, and from a column to the next.
  private let rowStep: Int
  private let depthStep: Int
  private let strideC: Int
  private let depth: Int
  private let adding: Bool
  private let function: ActivationFunction?

  /// Rows that go through all panels while they are in the cache of a core, beside one panel.
  static let blockRows = 192

  /// - Parameter a: may be transposed.
  init(_ a: Matrix, into c: Matrix, adding: Bool, _ function: ActivationFunction? = nil) {
    unsafe (self.a, self.c) = (UnsafePointer(a.base), c.base)
    target = c
    (rowStep, depthStep) = a.isTransposed ? (1, a.stride) : (a.stride, 1)
    strideC = c.stride
    depth = a.columns
    self.adding = adding
    self.function = function
  }

  /// The columns of a panel of some rows.
  func compute(_ panel: PackedPanel, _ rows: Range<Int>) {
    if panel.isWide {
      compute(panel, of: FourVectors.self, rows)
    } else {
      compute(panel, of: OneVector.self, rows)
    }
    function?.apply(to: target[rows: rows, columns: panel.columns])
  }

  private func compute<Vectors: PanelVectors>(
    _ panel: PackedPanel, of _: Vectors.Type, _ rows: Range<Int>
  ) {
    var row = rows.lowerBound
    while row < rows.upperBound {
      let rest = rows.upperBound &- row
      switch rest {
      case 4, 7, 8:
        computeFourRows(from: row, of: Vectors.self, panel)
        row &+= 4
      case 6...:
        computeSixRows(from: row, of: Vectors.self, panel)
        row &+= 6
      case 5 where rows.count >= 6:
        computeSixRows(from: row &- 1, skipping: 1, of: Vectors.self, panel)
        row &+= 5
      case 3 where rows.count >= 4:
        computeFourRows(from: row &- 1, skipping: 1, of: Vectors.self, panel)
        row &+= 3
      default:
        computeRow(row, of: Vectors.self, panel)
        row &+= 1
      }
    }
  }

  // The sums of several rows are in registers while k runs. Rows that were there before are skipped.

  @inline(__always)
  private func computeSixRows<Vectors: PanelVectors>(
    from row: Int, skipping skipped: Int = 0, of _: Vectors.Type, _ panel: PackedPanel
  ) {
    var right = unsafe panel.base
    var left = unsafe a + row &* rowStep
    let start = unsafe Vectors(at: panel.start)
    var (s0, s1, s2, s3, s4, s5) = (start, start, start, start, start, start)
    // Six stretches of k, before each of which one row of what is added to is asked for: all rows at
    // once would stand in the way of what is multiplied.
    var depthLeft = depth
    for number in 0..<6 {
      if adding { prefetchTarget(row &+ number, of: Vectors.self, panel) }
      let part = depthLeft / (6 &- number)
      depthLeft &-= part
      for _ in 0..<part {
        let x = unsafe Vectors(at: right)
        unsafe processor_prefetch(left + 8 &* depthStep)
        unsafe s0.addProduct(x, left[0])
        unsafe s1.addProduct(x, left[rowStep])
        unsafe s2.addProduct(x, left[2 &* rowStep])
        unsafe s3.addProduct(x, left[3 &* rowStep])
        unsafe s4.addProduct(x, left[4 &* rowStep])
        unsafe s5.addProduct(x, left[5 &* rowStep])
        unsafe left += depthStep
        unsafe right += Vectors.width
      }
    }
    if skipped < 1 { store(s0, row, panel) }
    store(s1, row &+ 1, panel)
    store(s2, row &+ 2, panel)
    store(s3, row &+ 3, panel)
    store(s4, row &+ 4, panel)
    store(s5, row &+ 5, panel)
  }

  @inline(__always)
  private func computeFourRows<Vectors: PanelVectors>(
    from row: Int, skipping skipped: Int = 0, of _: Vectors.Type, _ panel: PackedPanel
  ) {
    var right = unsafe panel.base
    var left = unsafe a + row &* rowStep
    let start = unsafe Vectors(at: panel.start)
    var (s0, s1, s2, s3) = (start, start, start, start)
    for _ in 0..<depth {
      let x = unsafe Vectors(at: right)
      unsafe s0.addProduct(x, left[0])
      unsafe s1.addProduct(x, left[rowStep])
      unsafe s2.addProduct(x, left[2 &* rowStep])
      unsafe s3.addProduct(x, left[3 &* rowStep])
      unsafe left += depthStep
      unsafe right += Vectors.width
    }
    if skipped < 1 { store(s0, row, panel) }
    store(s1, row &+ 1, panel)
    store(s2, row &+ 2, panel)
    store(s3, row &+ 3, panel)
  }

  @inline(__always)
  private func computeRow<Vectors: PanelVectors>(
    _ row: Int, of _: Vectors.Type, _ panel: PackedPanel
  ) {
    var right = unsafe panel.base
    let left = unsafe a + row &* rowStep
    var sums = unsafe Vectors(at: panel.start)
    for step in 0..<depth {
      unsafe sums.addProduct(Vectors(at: right), left[step &* depthStep])
      unsafe right += Vectors.width
    }
    store(sums, row, panel)
  }

  /// Has what a row of sums is added to brought into the cache while they are computed.
  @inline(__always)
  private func prefetchTarget<Vectors: PanelVectors>(
    _ row: Int, of _: Vectors.Type, _ panel: PackedPanel
  ) {
    let place = unsafe c + (row &* strideC &+ panel.columns.lowerBound)
    for column in stride(from: 0, to: Vectors.width, by: Lanes.scalarCount) {
      unsafe processor_prefetch(place + column)
    }
  }

  @inline(__always)
  private func store<Vectors: PanelVectors>(_ sums: Vectors, _ row: Int, _ panel: PackedPanel) {
    let place = unsafe c + (row &* strideC &+ panel.columns.lowerBound)
    unsafe sums.store(at: place, count: panel.columns.count, adding: adding)
  }
}
