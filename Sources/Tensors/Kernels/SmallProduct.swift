/// `c[m, n] ← a[m, k] · b[k, n]`, or `c ← c + a · b`, for products of a few thousand multiplications.
///
/// A call of OpenBLAS costs more than those. Nothing is copied: `b` is read sixteen columns at a time,
/// which is fast where n is a multiple of sixteen.
///
/// - Parameters:
///   - a: may be transposed.
///   - b, c: not transposed; `c` does not overlap `a` or `b`.
package func multiplySmall(_ a: Matrix, _ b: Matrix, into c: Matrix, adding: Bool = false) {
  precondition(
    a.columns == b.rows && a.rows == c.rows && b.columns == c.columns && !b.isTransposed
      && !c.isTransposed,
    "[\(a.rows), \(a.columns)] · [\(b.rows), \(b.columns)] into [\(c.rows), \(c.columns)]")
  let product = SmallProduct(a, b, c, adding: adding)
  let lanes = Lanes.scalarCount
  var column = 0
  while column &+ 2 &* lanes <= c.columns {
    product.computeTwoVectors(fromColumn: column)
    column &+= 2 &* lanes
  }
  if column &+ lanes <= c.columns {
    product.computeVector(fromColumn: column)
    column &+= lanes
  }
  product.computeColumns(from: column)
}

/// The operands of one product; every place that is read or written lies within them.
@safe
private struct SmallProduct {
  private let a: UnsafePointer<Float>
  private let b: UnsafePointer<Float>
  private let c: UnsafeMutablePointer<Float>
  /// Floats from a row of a to the next, and from a column to the next.
  private let rowStep: Int
  private let depthStep: Int
  private let strideB: Int
  private let strideC: Int
  private let rows: Int
  private let depth: Int
  private let columns: Int
  private let adding: Bool

  init(_ a: Matrix, _ b: Matrix, _ c: Matrix, adding: Bool) {
    unsafe (self.a, self.b, self.c) = (UnsafePointer(a.base), UnsafePointer(b.base), c.base)
    (rowStep, depthStep) = a.isTransposed ? (1, a.stride) : (a.stride, 1)
    (strideB, strideC) = (b.stride, c.stride)
    (rows, depth, columns) = (c.rows, a.columns, c.columns)
    self.adding = adding
  }

  @inline(__always)
  private func store(_ value: Lanes, _ place: UnsafeMutablePointer<Float>) {
    let value = unsafe adding ? Lanes(at: place) + value : value
    unsafe value.store(at: place)
  }

  @inline(__always)
  private func store(_ first: Lanes, _ second: Lanes, _ place: UnsafeMutablePointer<Float>) {
    unsafe store(first, place)
    unsafe store(second, place + Lanes.scalarCount)
  }

  /// Thirty-two columns of all rows, four rows at a time.
  func computeTwoVectors(fromColumn column: Int) {
    let lanes = Lanes.scalarCount
    var row = 0
    while row &+ 4 <= rows {
      var (s0, s1, s2, s3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      var (t0, t1, t2, t3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      var left = unsafe a + row &* rowStep
      var right = unsafe b + column
      for _ in 0..<depth {
        let (x, y) = unsafe (Lanes(at: right), Lanes(at: right + lanes))
        let f0 = unsafe Lanes(repeating: left[0])
        let f1 = unsafe Lanes(repeating: left[rowStep])
        let f2 = unsafe Lanes(repeating: left[2 &* rowStep])
        let f3 = unsafe Lanes(repeating: left[3 &* rowStep])
        (s0, t0) = (s0.addingProduct(x, f0), t0.addingProduct(y, f0))
        (s1, t1) = (s1.addingProduct(x, f1), t1.addingProduct(y, f1))
        (s2, t2) = (s2.addingProduct(x, f2), t2.addingProduct(y, f2))
        (s3, t3) = (s3.addingProduct(x, f3), t3.addingProduct(y, f3))
        unsafe left += depthStep
        unsafe right += strideB
      }
      let place = unsafe c + row &* strideC + column
      unsafe store(s0, t0, place)
      unsafe store(s1, t1, place + strideC)
      unsafe store(s2, t2, place + 2 &* strideC)
      unsafe store(s3, t3, place + 3 &* strideC)
      row &+= 4
    }
    while row < rows {
      computeVector(row, column)
      computeVector(row, column &+ lanes)
      row &+= 1
    }
  }

  /// Sixteen columns of all rows, four rows at a time.
  func computeVector(fromColumn column: Int) {
    var row = 0
    while row &+ 4 <= rows {
      var (s0, s1, s2, s3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      var left = unsafe a + row &* rowStep
      var right = unsafe b + column
      for _ in 0..<depth {
        let x = unsafe Lanes(at: right)
        s0 = unsafe s0.addingProduct(x, Lanes(repeating: left[0]))
        s1 = unsafe s1.addingProduct(x, Lanes(repeating: left[rowStep]))
        s2 = unsafe s2.addingProduct(x, Lanes(repeating: left[2 &* rowStep]))
        s3 = unsafe s3.addingProduct(x, Lanes(repeating: left[3 &* rowStep]))
        unsafe left += depthStep
        unsafe right += strideB
      }
      let place = unsafe c + row &* strideC + column
      unsafe store(s0, place)
      unsafe store(s1, place + strideC)
      unsafe store(s2, place + 2 &* strideC)
      unsafe store(s3, place + 3 &* strideC)
      row &+= 4
    }
    while row < rows {
      computeVector(row, column)
      row &+= 1
    }
  }

  /// Sixteen columns of one row.
  @inline(__always)
  private func computeVector(_ row: Int, _ column: Int) {
    var sum = Lanes.zero
    var left = unsafe a + row &* rowStep
    var right = unsafe b + column
    for _ in 0..<depth {
      sum = unsafe sum.addingProduct(Lanes(at: right), Lanes(repeating: left.pointee))
      unsafe left += depthStep
      unsafe right += strideB
    }
    unsafe store(sum, c + row &* strideC + column)
  }

  /// The columns that are no whole vector, one value at a time.
  func computeColumns(from column: Int) {
    for row in 0..<rows {
      for column in column..<columns {
        var sum: Float = 0
        for step in 0..<depth {
          sum += unsafe a[row &* rowStep &+ step &* depthStep] * b[step &* strideB &+ column]
        }
        let place = row &* strideC &+ column
        unsafe c[place] = adding ? c[place] + sum : sum
      }
    }
  }
}
