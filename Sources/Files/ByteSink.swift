import Diagnostics

/// Something that takes bytes in order: an artifact's draft, a file.
package protocol ByteSink: ~Copyable {
  /// How many bytes were written so far.
  var byteCount: Int { get }
  mutating func write(_ bytes: Span<UInt8>) throws(Diagnostic)

  /// Writes bytes that are not used otherwise, which some sinks need not copy.
  mutating func write(givingAway bytes: [UInt8]) throws(Diagnostic)
}

extension ByteSink where Self: ~Copyable {
  package mutating func write(givingAway bytes: [UInt8]) throws(Diagnostic) {
    try write(bytes.span)
  }

  package mutating func write(_ bytes: [UInt8]) throws(Diagnostic) { try write(bytes.span) }

  package mutating func write(_ text: String) throws(Diagnostic) { try write(text.utf8.span) }
}
