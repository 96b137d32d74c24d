import Digests

/// The digest of rows as they are read, wherever in their file they stand: each line is numbered by its
/// distance from the one before.
struct RowsDigest {
  /// How many bytes are hashed at a time.
  private static let blockSize = 128 << 10

  private var hash = BLAKE3()
  private var block: [UInt8] = []
  /// The line number of the last row.
  private var lastLine = 0

  /// Adds a row.
  ///
  /// - Parameter fields: its line from the tab behind its number on, LF included.
  mutating func add(_ fields: Span<UInt8>, of origin: Origin) {
    block.append(number: origin.line - lastLine)
    lastLine = origin.line
    block.append(copying: fields)
    if block.count >= Self.blockSize { hashBlock() }
  }

  private mutating func hashBlock() {
    hash.update(block)
    block.removeAll(keepingCapacity: true)
  }

  /// The digest of the rows that were added.
  mutating func finalize() -> Digest {
    hashBlock()
    return hash.finalize()
  }

  /// Begins anew, with rows of which the first came from here.
  mutating func restart(from start: Origin) {
    hash = BLAKE3()
    block.removeAll(keepingCapacity: true)
    lastLine = start.line
  }
}
