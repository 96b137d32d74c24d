import Glibc

extension ProcessorFeatures {
  /// Tells, piece by piece, what code compiled for these features misses where others are present.
  ///
  /// - Returns: whether something is missing; else nothing is told.
  @discardableResult
  package func tellMissing(from present: Self, _ tell: (StaticString) -> Void) -> Bool {
    let missing = Self(bits: bits & ~present.bits)
    guard missing.bits != 0 else { return false }
    tell("error: this program was compiled for a processor with ")
    var bit: UInt32 = 0
    var isFirst = true
    while bit < Self.count {
      if missing.has(bit: bit) {
        if !isFirst { tell(", ") }
        isFirst = false
        tell(Self.name(ofBit: bit))
      }
      bit &+= 1
    }
    tell(", which this one lacks\n  try: build it on this machine, or with MILLRACE_CPU=")
    tell(present.level)
    tell("\n")
    return true
  }

  /// Ends the program with a line to standard error where one of these features is missing.
  @inline(never)
  package func endProgramUnlessPresent() {
    let isMissing = tellMissing(from: .present) { text in
      _ = unsafe write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    }
    if isMissing { exit(2) }
  }
}
