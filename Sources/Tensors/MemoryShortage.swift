import Diagnostics
import Glibc

/// The end of a program that gets no more memory in the middle of a step.
///
/// What a model needs is compared with the machine before work begins; what the sentences of a batch
/// need shows only on the way. A step cannot be left half done, so the program ends as after a kill,
/// which the store and checkpoints are made for, but says why.
enum MemoryShortage {
  static func stop(_ byteCount: Int) -> Never {
    let text = Array("\(Diagnostic(.noMemory(byteCount)))\n".utf8)
    _ = unsafe text.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    _exit(1)
  }
}

extension Diagnostic.Message {
  static func noMemory(_ byteCount: Int) -> Self {
    Self(
      "there is no memory for \(max(1, byteCount / 1_000_000)) MB more",
      remedy: "lower batch-size or max-tokens, or the widths of the model; run again to go on")
  }
}
