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
  #if arch(x86_64)
    flushing.__mxcsr |= ControlBits.flushToZero | ControlBits.denormalsAreZero
  #elseif arch(arm64)
    flushing.__fpcr |= ControlBits.flushToZero
  #endif
  unsafe fesetenv(&flushing)
  defer { unsafe fesetenv(&before) }
  return try body()
}

private enum ControlBits {
  #if arch(x86_64)
    /// Of the register MXCSR.
    static let flushToZero: UInt32 = 1 << 15
    static let denormalsAreZero: UInt32 = 1 << 6
  #elseif arch(arm64)
    /// Of the register FPCR; it covers operands too.
    static let flushToZero: UInt32 = 1 << 24
  #endif
}
