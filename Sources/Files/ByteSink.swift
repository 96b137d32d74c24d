import Diagnostics

/// Something that takes bytes in order: an artifact's draft, a file.
package protocol ByteSink: ~Copyable {
  /// How many bytes were written so far.
  var byteCount: Int { get }
  mutating func write(_ bytes: Span<UInt8>) throws(Diagnostic)
}

extension ByteSink where Self: ~Copyable {
  package mutating func write(_ bytes: [UInt8]) throws(Diagnostic) { try write(bytes.span) }

  package mutating func write(_ text: String) throws(Diagnostic) { try write(text.utf8.span) }

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
