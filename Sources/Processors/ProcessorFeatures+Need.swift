import Glibc

extension ProcessorFeatures {
  /// What to say when code compiled for these features is to run where only others are present.
  ///
  /// - Returns: nil when none is missing.
  package func complaint(with present: Self) -> String? {
    let missing = subtracting(present).names
    guard !missing.isEmpty else { return nil }
    return """
      error: this program was compiled for a processor with \(missing.joined(separator: ", ")), \
      which this one lacks
        try: build it on this machine, or with MILLRACE_CPU=\(present.level)

      """
  }

  /// Ends the program with a line to standard error where one of these features is missing.
  ///
  /// This module alone is compiled for any processor, and what it does must stay in it: elsewhere a
  /// mere copy may be an instruction that the processor does not know.
  @inline(never)
  package func endProgramUnlessPresent() {
    guard var complaint = complaint(with: .present) else { return }
    complaint.withUTF8 { text in _ = unsafe write(STDERR_FILENO, text.baseAddress, text.count) }
    exit(2)
  }
}
