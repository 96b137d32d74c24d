import Digests

/// Lines of a file of rows that lie together, cut off where their content says.
package struct LineChunk: Sendable {
  package internal(set) var bytes: [UInt8] = []
  /// Whether the file ends behind it.
  package internal(set) var isLast = false

  /// The digest of the lines, and of what else decides which rows they are.
  ///
  /// - Parameter cores: on how many it may be computed; the digest does not depend on it.
  package func digest(layout: String, cores: Int) -> Digest {
    var hash = BLAKE3()
    hash.update(Array(layout.utf8))
    // Only the last line of a file may have no end.
    hash.update([0, bytes.last == UInt8(ascii: "\n") ? 0 : 1])
    hash.update(bytes.span, cores: cores)
    return hash.finalize()
  }
}
