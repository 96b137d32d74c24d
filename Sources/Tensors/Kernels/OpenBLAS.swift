import Diagnostics
import Glibc
import Processors

/// The one door to OpenBLAS, opened when it is first needed: who has one of these can multiply.
@safe
package final class OpenBLAS: Sendable {
  private typealias MatrixProduct =
    @convention(c) (
      _ order: Int32, _ transposeA: Int32, _ transposeB: Int32, _ m: Int32, _ n: Int32,
      _ k: Int32, _ alpha: Float, _ a: UnsafePointer<Float>, _ strideA: Int32,
      _ b: UnsafePointer<Float>, _ strideB: Int32, _ beta: Float,
      _ c: UnsafeMutablePointer<Float>, _ strideC: Int32
    ) -> Void

  /// The corresponding C function is `cblas_sgemm`.
  private let sgemm: MatrixProduct
  /// The processor its kernels are for, such as `SkylakeX` or `Haswell`.
  package let kernels: String
  /// Its version and how it was built.
  package let configuration: String

  private init(sgemm: @escaping MatrixProduct, kernels: String, configuration: String) {
    unsafe self.sgemm = sgemm
    self.kernels = kernels
    self.configuration = configuration
  }

  /// Says in the environment how the library is to work when it is loaded.
  ///
  /// It chooses its kernels from there, and takes newer processors for older ones. To be called in
  /// `main`, before there are threads that may read the environment.
  package static func setEnvironment() {
    if ProcessorFeatures.present.contains(.avx512) {
      unsafe setenv("OPENBLAS_CORETYPE", "SKYLAKEX", 0)
    }
    // Batches are sharded over cores instead; a pool of its own would only be in the way.
    unsafe setenv("OPENBLAS_NUM_THREADS", "1", 1)
  }

  /// The library, loaded when it is asked for first; throws when this machine has none.
  package static func load() throws(Diagnostic) -> OpenBLAS { try library.get() }

  /// `c ← a · b`, or `c ← c + a · b`, in one call; `c` must not be transposed.
  func multiplyWhole(_ a: Matrix, _ b: Matrix, into c: Matrix, adding: Bool) {
    unsafe sgemm(
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

  private static let library: Result<OpenBLAS, Diagnostic> = {
    do throws(Diagnostic) { return .success(try open()) } catch { return .failure(error) }
  }()

  private static func open() throws(Diagnostic) -> OpenBLAS {
    guard let handle = unsafe dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL) else {
      throw Diagnostic(.openBLASIsMissing)
    }
    func symbol<Function>(_ name: String, as type: Function.Type) throws(Diagnostic) -> Function {
      guard let address = unsafe dlsym(handle, name) else {
        throw Diagnostic(.openBLASLacks(name))
      }
      return unsafe unsafeBitCast(address, to: type)
    }
    typealias Setter = @convention(c) (Int32) -> Void
    typealias Text = @convention(c) () -> UnsafePointer<CChar>?
    func text(_ name: String) throws(Diagnostic) -> String {
      let function = unsafe try symbol(name, as: Text.self)
      return unsafe function().map { unsafe String(cString: $0) } ?? ""
    }
    try symbol("openblas_set_num_threads", as: Setter.self)(1)
    return unsafe OpenBLAS(
      sgemm: try symbol("cblas_sgemm", as: MatrixProduct.self),
      kernels: try text("openblas_get_corename"), configuration: try text("openblas_get_config"))
  }
}

extension Diagnostic.Message {
  static let openBLASIsMissing = Self(
    "libopenblas.so.0 is not installed; training and prediction need it",
    remedy: "apt-get install libopenblas-dev (or libopenblas0)")

  static func openBLASLacks(_ symbol: String) -> Self {
    Self(
      "the installed libopenblas.so.0 has no function \(symbol)",
      remedy: "apt-get install --reinstall libopenblas-dev")
  }
}
