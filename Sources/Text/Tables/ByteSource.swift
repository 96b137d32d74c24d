import Diagnostics

/// Bytes that are pulled, such as an open file; gzip is undone before they get here.
package protocol ByteSource: ~Copyable {
  /// Fills `buffer` from its start and returns how many bytes it wrote; 0 only at the end.
  mutating func read(into buffer: inout [UInt8]) throws(Diagnostic) -> Int
}
