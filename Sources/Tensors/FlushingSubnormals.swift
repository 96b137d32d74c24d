import Glibc

/// Runs `body` with subnormal floats taken for zero on this thread.
///
/// Gradients that fade over hundreds of steps pass through subnormals, on which some processors
/// are twenty times slower. Everything that trains runs inside, so that results agree.
package func flushingSubnormals<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  var before = fenv_t()
  unsafe fegetenv(&before)
  var flushing = before
  flushing.__mxcsr |= ControlBits.flushToZero | ControlBits.denormalsAreZero
  unsafe fesetenv(&flushing)
  defer { unsafe fesetenv(&before) }
  return try body()
}

/// Bits of the x86 register MXCSR.
private enum ControlBits {
  static let flushToZero: UInt32 = 1 << 15
  static let denormalsAreZero: UInt32 = 1 << 6
}
