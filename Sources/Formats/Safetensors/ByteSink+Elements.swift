import Diagnostics
import Files

extension ByteSink where Self: ~Copyable {
  /// Writes elements as they lie in memory; the machine is little-endian, as every file format here.
  package mutating func write<Element: TensorElement>(
    elements: Span<Element>
  ) throws(Diagnostic) {
    let failure = unsafe elements.withUnsafeBytes { bytes -> Diagnostic? in
      do throws(Diagnostic) {
        try write(unsafe bytes.bindMemory(to: UInt8.self).span)
        return nil
      } catch { return error }
    }
    if let failure { throw failure }
  }

  /// Writes elements as they lie in memory.
  package mutating func write<Element: TensorElement>(elements: [Element]) throws(Diagnostic) {
    try write(elements: elements.span)
  }
}
