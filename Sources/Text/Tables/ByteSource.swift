import Diagnostics

/// Bytes that are pulled, such as an open file; gzip is undone before they get here.
package protocol ByteSource: ~Copyable {
  /// Fills `buffer` from its start and returns how many bytes it wrote; 0 only at the end.
  mutating func read(into buffer: inout [UInt8]) throws(Diagnostic) -> Int

  /// Appends at most `limit` bytes, at least one, and returns how many; 0 only at the end.
  mutating func append(to bytes: inout [UInt8], atMost limit: Int) throws(Diagnostic) -> Int
}

extension ByteSource where Self: ~Copyable {
  package mutating func append(
    to bytes: inout [UInt8], atMost limit: Int
  ) throws(Diagnostic) -> Int {
    var next = [UInt8](repeating: 0, count: limit)
    let count = try read(into: &next)
    bytes += next[..<count]
    return count
  }
}
