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
  unsafe library.sgemm(
    Layout.rowMajor, a.isTransposed ? Layout.transposed : Layout.plain,
    b.isTransposed ? Layout.transposed : Layout.plain, Int32(c.rows), Int32(c.columns),
    Int32(a.columns), 1, a.base, Int32(max(1, a.stride)), b.base, Int32(max(1, b.stride)),
    adding ? 1 : 0, c.base, Int32(c.stride))
}

/// `CBLAS_ORDER` and `CBLAS_TRANSPOSE`.
private enum Layout {
  static let rowMajor: Int32 = 101
  static let plain: Int32 = 111
  static let transposed: Int32 = 112
}
